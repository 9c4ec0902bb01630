"""What the renderer of forms writes is what the templates of Django write, to the letter."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from config.form_rendering import RENDERED, FormRenderer

NASTY = '<b>"it\'s" & more</b>'
CHOICES = [("", "—"), ("a", NASTY), (1, 1234), ("Group <i>", [("g", "One"), ("h", "Other")])]


class Form(forms.Form):
    text = forms.CharField(label=NASTY, initial=NASTY, help_text="Help", max_length=300)
    ticked = forms.BooleanField(initial=True)
    number = forms.IntegerField(initial=1234, label="Sure?")
    share = forms.DecimalField(localize=True, initial="1234.5")
    day = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"data-x": True, "y": False})
    )
    mail = forms.EmailField(label=mark_safe("<i>Mail</i>"))
    secret = forms.CharField(widget=forms.PasswordInput)
    lines = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), initial=f"\n{NASTY}")
    one = forms.ChoiceField(choices=CHOICES, initial="a")
    several = forms.MultipleChoiceField(choices=CHOICES, initial=["a", "h"])
    ticks = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    radios = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    known = forms.NullBooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput, initial=NASTY)
    hidden_too = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.MultipleHiddenInput, initial=["a", "h"]
    )
    moment = forms.SplitDateTimeField()
    file = forms.FileField()


@pytest.mark.parametrize("data", [None, {}, {"text": "x", "number": NASTY, "one": "none"}])
def test_forms_look_as_django_writes_them(data):
    of_django = Form(data, renderer=DjangoTemplates())

    ours = Form(data, renderer=FormRenderer())

    assert str(ours) == str(of_django)
    for field, theirs in zip(ours, of_django, strict=True):
        assert str(field) == str(theirs)
        assert field.label_tag() == theirs.label_tag()
        assert field.legend_tag() == theirs.legend_tag()
        assert str(field.errors) == str(theirs.errors)
        assert field.as_hidden() == theirs.as_hidden()


def test_every_template_that_is_rendered_here_is_one_of_django():
    for name in RENDERED:
        assert DjangoTemplates().get_template(name)

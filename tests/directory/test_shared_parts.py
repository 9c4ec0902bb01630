"""Parts of pages that are rendered once for all that read alike."""

from django.template import Context, engines
from django.templatetags.i18n import TranslateNode
from django.utils import translation

TEXT = (
    "{% load i18n directory_shared %}"
    "{% shared flag %}{% translate 'Phone' %}{{ name }}{% if flag %}!{% endif %}{% endshared %}"
)


def test_is_rendered_once_a_language_and_by_whether_what_is_named_is_there():
    template = engines["django"].engine.from_string(TEXT)

    def read(**values):
        return template.render(Context(values))

    assert read(name="1") == "Teléfono1"
    assert read(name="2") == "Teléfono1"
    assert read(name="3", flag="x") == "Teléfono3!"
    assert read(name="4", flag="y") == "Teléfono3!"
    with translation.override("en"):
        assert read(name="5") == "Phone5"


def test_a_text_that_stands_in_the_template_is_translated_once_a_language(monkeypatch):
    template = engines["django"].engine.from_string(
        "{% load i18n directory_shared %}{% translate 'Phone' %}{% translate 'Phone' as word %}"
        "={{ word }}"
    )
    assert template.render(Context()) == "Teléfono=Teléfono"
    monkeypatch.setattr(TranslateNode, "render", None)
    assert template.render(Context({"word": "x"})) == "Teléfono=Teléfono"
    monkeypatch.undo()
    with translation.override("en"):
        assert template.render(Context()) == "Phone=Phone"


def test_a_text_that_does_not_is_translated_as_django_does():
    template = engines["django"].engine.from_string(
        "{% load i18n directory_shared %}"
        "{% translate name %}, {% translate 'Phone'|upper %}, {% translate 'x' context 'y' %}"
    )
    assert template.render(Context({"name": "Phone"})) == "Teléfono, TELÉFONO, x"
    assert template.render(Context({"name": "Hours"})) == "Horario, TELÉFONO, x"

"""Parts of pages that are rendered once for all that read alike."""

from django.template import Context, engines
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

from django.conf import settings


def organization(request):
    """For every template: the organisation, and the language that its data is written in."""
    return {"organization": settings.ORGANIZATION, "data_language": settings.LANGUAGE_CODE}

"""Addresses of the back office. A model may be given as itself or as a row of it."""

from django.urls import reverse
from django.utils.http import urlencode

INDEX = "/admin/"


def page_url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def list_url(model):
    return page_url(model, "changelist")


def add_url(model):
    return page_url(model, "add")


def change_url(row):
    return page_url(row, "change", row.pk)


def delete_url(row):
    return page_url(row, "delete", row.pk)


def history_url(row):
    return page_url(row, "history", row.pk)


def back_to(place, url):
    """The address of a form that leads back to `place`."""
    address, hash_sign, anchor = url.partition("#")
    return f"{address}?{urlencode({'_back': place})}{hash_sign}{anchor}"

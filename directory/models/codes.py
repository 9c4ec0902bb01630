"""Codes for rows that staff make without naming a code."""

from itertools import chain, count
from typing import Any

from django.utils.text import slugify


def free_code(model: Any, name: str) -> str:
    """A code made of a name that no row of the model has, which has unique codes. One query."""
    longest = model._meta.get_field("code").max_length - 5
    code = slugify(name)[:longest].strip("-") or slugify(model._meta.verbose_name)
    taken = {*model.objects.filter(code__startswith=code).values_list("code", flat=True)}
    candidates = chain([code], (f"{code}-{number}" for number in count(2)))
    return next(each for each in candidates if each not in taken)

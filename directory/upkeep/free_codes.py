"""Codes for rows that are made on the spot."""

from itertools import count
from typing import Any

from django.utils.text import slugify


def free_code(model: Any, name: str) -> str:
    """The code that a name gives, numbered if a row of the model has it; that of what the model is
    called for a name in another script than the Latin one. One query."""
    longest = (model._meta.get_field("code").max_length or 50) - 5
    start = slugify(name)[:longest].strip("-") or slugify(str(model._meta.verbose_name))
    rows = model._default_manager.filter(code__startswith=start)
    taken = {*rows.values_list("code", flat=True)}
    numbered = (f"{start}-{number}" for number in count(2))
    return start if start not in taken else next(each for each in numbered if each not in taken)

"""Rows that fixtures name by what people call them, never by primary key."""

from functools import reduce

from django.db import models

from directory.models.plain_text import PlainTextModel


class NaturalKeyManager(models.Manager):
    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class NaturalKeyModel(PlainTextModel):
    """A model whose `natural_key_fields` (lookups, through relations too) identify a row."""

    natural_key_fields: tuple[str, ...] = ("code",)

    objects = NaturalKeyManager()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(reduce(getattr, path.split("__"), self) for path in self.natural_key_fields)

"""What is read in the back office, and not edited there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyMixin(admin.ModelAdmin):
    """Rows that nobody adds, changes or deletes by a form."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

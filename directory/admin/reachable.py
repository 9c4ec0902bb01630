"""A public channel says how it is reached, wherever it is edited."""

from typing import Any

from django.core.exceptions import ValidationError

from directory.admin.compared_rows import ComparedFormSet
from directory.models.channels import NO_CONTACT


class ReachableFormSet(ComparedFormSet):
    """The contacts of one channel, in its own form."""

    def clean(self) -> None:
        super().clean()
        added = [form for form in self.extra_forms if form.has_changed()]
        kept = [form for form in self.initial_forms if not form.is_marked_for_deletion]
        has_contact = kept or added or self.added_by_others
        channel: Any = self.instance
        is_public = channel.service_id and channel.service.is_published
        if is_public and not has_contact and not channel.description:
            raise ValidationError(NO_CONTACT, "no_contact")

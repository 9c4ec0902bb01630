"""Notes each act of the back office that is a revision: who changed, undid, put back, imported."""

from typing import Any

from django.db.models.signals import post_save

from directory.audit.log import note
from directory.models import Event, Revision

EVENTS = {
    Revision.Action.UNDONE: Event.CHANGE_UNDONE,
    Revision.Action.RESTORED: Event.CHANGE_RESTORED,
    Revision.Action.IMPORTED: Event.IMPORTED,
}


def _after_saving(instance: Revision, created: bool, **_kwargs: Any) -> None:
    if created:
        event = EVENTS.get(Revision.Action(instance.action), Event.CHANGED)
        undone: dict[str, Any] = {"undoes": instance.undoes_id} if instance.undoes_id else {}
        note(
            event,
            by=instance.made_by,
            about=instance,
            action=instance.action,
            others=instance.others,
            **undone,
        )


def register() -> None:
    """Listen."""
    post_save.connect(_after_saving, Revision, dispatch_uid="audit")

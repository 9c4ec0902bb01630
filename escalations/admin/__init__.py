"""Escalations in the back office.

May import all of the project; only `apps.py` imports it.
"""

from escalations.admin.absences import AbsenceAdmin
from escalations.admin.contacts import EscalationContactAdmin
from escalations.admin.ladder import ServiceLadderInline
from escalations.admin.policies import EscalationPolicyAdmin, EscalationPolicyInline
from escalations.admin.start_page import absence_task, escalation_task, planned_absences

__all__ = [
    "AbsenceAdmin",
    "EscalationContactAdmin",
    "EscalationPolicyAdmin",
    "EscalationPolicyInline",
    "ServiceLadderInline",
    "absence_task",
    "escalation_task",
    "planned_absences",
]

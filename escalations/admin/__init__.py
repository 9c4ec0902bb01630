"""Escalations in the back office."""

from escalations.admin.contacts import EscalationContactAdmin
from escalations.admin.policies import EscalationPolicyAdmin, EscalationPolicyInline
from escalations.admin.start_page import escalation_task

__all__ = [
    "EscalationContactAdmin",
    "EscalationPolicyAdmin",
    "EscalationPolicyInline",
    "escalation_task",
]

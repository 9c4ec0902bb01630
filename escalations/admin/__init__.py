"""Escalations in the back office.

May import all of the project; only `apps.py` imports it.
"""

from escalations.admin.contacts import EscalationContactAdmin
from escalations.admin.policies import EscalationPolicyAdmin, EscalationPolicyInline
from escalations.admin.start_page import escalation_task

__all__ = [
    "EscalationContactAdmin",
    "EscalationPolicyAdmin",
    "EscalationPolicyInline",
    "escalation_task",
]

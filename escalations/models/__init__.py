"""Escalations: who answers when support did not help, and in which order to ask them.

May import the models of the directory, and nothing of the back office.
"""

from escalations.models.absences import Absence, AbsenceContact
from escalations.models.contacts import EscalationContact, EscalationContactUse
from escalations.models.levels import EscalationLevel
from escalations.models.policies import EscalationPolicy, EscalationTime

__all__ = [
    "Absence",
    "AbsenceContact",
    "EscalationContact",
    "EscalationContactUse",
    "EscalationLevel",
    "EscalationPolicy",
    "EscalationTime",
]

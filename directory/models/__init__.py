"""The rows that staff edit, and the editions that are made of them.

May import hours and contacts, and nothing else of this project.
"""

from directory.models.audit_entries import AuditEntry, Event
from directory.models.channels import Channel, ChannelContact
from directory.models.checkpoints import Checkpoint
from directory.models.contact_point_uses import ContactPointUse
from directory.models.contact_points import ContactPoint
from directory.models.contact_reports import ContactReport
from directory.models.daily_counts import DailyCount
from directory.models.directory_versions import DirectoryVersion
from directory.models.editions import CurrentEdition, Edition
from directory.models.findings import CheckRun, Finding, FindingAcceptance, FindingRow
from directory.models.notices import Notice
from directory.models.proposals import Proposal
from directory.models.request_types import RequestType
from directory.models.response_targets import ResponseTarget
from directory.models.revisions import RevisedRow, Revision
from directory.models.schedule_exceptions import ExceptionSpan, ScheduleException
from directory.models.schedules import Schedule, TimeSpan
from directory.models.second_factors import FactorRecovery, Passkey
from directory.models.services import FormerSlug, Service
from directory.models.sessions import Session
from directory.models.subscriptions import Subscription
from directory.models.tries import TryCount
from directory.models.withheld_texts import WithheldText

__all__ = [
    "AuditEntry",
    "Channel",
    "ChannelContact",
    "CheckRun",
    "Checkpoint",
    "ContactPoint",
    "ContactPointUse",
    "ContactReport",
    "CurrentEdition",
    "DailyCount",
    "DirectoryVersion",
    "Edition",
    "Event",
    "ExceptionSpan",
    "FactorRecovery",
    "Finding",
    "FindingAcceptance",
    "FindingRow",
    "FormerSlug",
    "Notice",
    "Passkey",
    "Proposal",
    "RequestType",
    "ResponseTarget",
    "RevisedRow",
    "Revision",
    "Schedule",
    "ScheduleException",
    "Service",
    "Session",
    "Subscription",
    "TimeSpan",
    "TryCount",
    "WithheldText",
]

"""The rows that staff edit, and the editions that are made of them.

May import hours and contacts, and nothing else of this project.
"""

from directory.models.channels import Channel, ChannelContact
from directory.models.contact_point_uses import ContactPointUse
from directory.models.contact_points import ContactPoint
from directory.models.contact_reports import ContactReport
from directory.models.daily_counts import DailyCount
from directory.models.editions import Edition
from directory.models.findings import CheckRun, Finding, FindingAcceptance, FindingRow
from directory.models.notices import Notice
from directory.models.request_types import RequestType
from directory.models.response_targets import ResponseTarget
from directory.models.revisions import RevisedRow, Revision
from directory.models.schedule_exceptions import ExceptionSpan, ScheduleException
from directory.models.schedules import Schedule, TimeSpan
from directory.models.services import FormerSlug, Service
from directory.models.subscriptions import Subscription

__all__ = [
    "Channel",
    "ChannelContact",
    "CheckRun",
    "ContactPoint",
    "ContactPointUse",
    "ContactReport",
    "DailyCount",
    "Edition",
    "ExceptionSpan",
    "Finding",
    "FindingAcceptance",
    "FindingRow",
    "FormerSlug",
    "Notice",
    "RequestType",
    "ResponseTarget",
    "RevisedRow",
    "Revision",
    "Schedule",
    "ScheduleException",
    "Service",
    "Subscription",
    "TimeSpan",
]

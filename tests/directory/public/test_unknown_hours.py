"""A channel without a schedule: everywhere it reads that nobody stated its hours."""

import json
import re

import pytest
from django.urls import reverse

from tests.factories import ChannelFactory, ContactFactory, PhoneFactory, ServiceFactory

pytestmark = pytest.mark.django_db

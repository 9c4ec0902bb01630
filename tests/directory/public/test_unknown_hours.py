"""A channel without a schedule: everywhere it reads that nobody stated its hours."""

import pytest

pytestmark = pytest.mark.django_db

"""Databases of earlier releases, and whether today's code takes them over.

Each release has a dump of each database, `1.0.0.sqlite.sql` and `1.0.0.postgresql.sql`, and beside
it what the API told of it. `make` writes them when a release is made; from then on they stay.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
# It signs the editions of all dumps, and protects nothing.
SECRET_KEY = "the-key-of-the-dumps-of-earlier-releases-is-no-secret-at-all"
# Within office hours, and at night.
INSTANTS = ("2026-12-01T15:00:00-05:00", "2026-12-02T03:00:00-05:00")

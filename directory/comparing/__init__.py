"""What changed between two documents of a service, in words a person understands.

One pure function, `changes`, serves the list of editions, the feed, the API, the preview before
saving and the back office.
"""

from directory.comparing.documents import changes
from directory.comparing.drafts import Change, Kind

__all__ = ["Change", "Kind", "changes"]

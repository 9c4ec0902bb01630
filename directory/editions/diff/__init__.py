"""What changed between two documents of a service, in words a person understands.

One pure function, `changes`, serves the list of editions, the feed, the API, the preview before
saving and the back office.
"""

from directory.editions.diff.documents import changes
from directory.editions.diff.drafts import Change, ChangeKind

__all__ = ["Change", "ChangeKind", "changes"]

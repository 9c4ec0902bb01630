"""Types of JSON values whose format the API's description names (JSON Schema 2020-12, 7.3)."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

# RFC 3339: with an offset, always.
Instant = Annotated[datetime, Meta(tz=True)]
# A whole address that programs can follow: tel:, mailto: and https: are some.
Uri = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
# The same or nothing: an empty text is a reference, but no URI (RFC 3986, 4.1).
UriOrEmpty = Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]

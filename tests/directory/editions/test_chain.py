"""What digests cover: the formula that is published, which anybody can recompute."""

import re
from datetime import UTC, datetime

from django.conf import settings

from directory.editions import chain

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
LINK = chain.Link(7, 2, NOON, 12, 13, "d" * 64, "b" * 64)


def test_example_of_the_documentation_is_what_is_computed():
    readme = (settings.BASE_DIR / "directory/editions/README.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    found = {}
    exec(code, found)  # noqa: S102 - it is ours
    sealed = chain.document_digest(found["nonce"], found["document"])
    link = chain.Link(7, 1, NOON, 12, None, sealed, "")
    assert (sealed, link.digest) == (found["document_digest"], found["digest"])


def test_digest_covers_all_of_a_link():
    others = [
        LINK._replace(**{name: value})
        for name, value in {
            "service": 8,
            "number": 3,
            "published_at": NOON.replace(microsecond=1),
            "published_by": None,
            "proposed_by": None,
            "document_digest": "e" * 64,
            "digest_before": "",
        }.items()
    ]
    swapped = LINK._replace(published_by=13, proposed_by=12)
    assert len({each.digest for each in (LINK, swapped, *others)}) == 9
    assert LINK._replace(published_at=NOON.astimezone()).digest == LINK.digest


def test_digest_of_a_document_covers_its_nonce():
    nonces = chain.new_nonce(), chain.new_nonce()
    assert [re.fullmatch("[0-9a-f]{64}", each) is not None for each in nonces] == [True, True]
    digests = {chain.document_digest(nonce, text) for nonce in nonces for text in ("{}", "{ }")}
    assert len(digests) == 4


def test_each_seal_is_of_what_it_is_alone(settings):
    digest = LINK.digest
    assert chain.is_signed(chain.erasure_seal(digest, NOON, 1), chain.ERASURE, digest, NOON, 1)
    assert not chain.is_signed(chain.erasure_seal(digest, NOON, 1), chain.ERASURE, digest, NOON, 2)
    signed = chain.sign(chain.EDITION, digest, NOON, 1)
    assert not chain.is_signed(signed, chain.ERASURE, digest, NOON, 1)
    settings.SECRET_KEY = "n" * 50
    assert not chain.is_signed(signed, chain.EDITION, digest, NOON, 1)

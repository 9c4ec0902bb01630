"""What customers need to check an edition by themselves, with
`directory.editions.checkpoints.check_page`.
"""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from directory.api.problems import Problem
from directory.api.structures import EditionProof
from directory.api.views import endpoint
from directory.editions.chain import Link
from directory.editions.reading import read
from directory.models import Edition

LARGEST_NUMBER = 2**31 - 1
MOST_LINKS = 1_000


@endpoint
def edition_proof(request: HttpRequest, slug: str, number: int) -> EditionProof:
    """What the digest of an edition covers, and the links of the chain from it to edition `to`."""
    to = _to(request, number)
    editions = Edition.objects.public().filter(service__slug=slug)
    first, last = sorted((min(number, LARGEST_NUMBER), to))
    if last - first >= MOST_LINKS:
        raise Problem(
            400,
            _("Too much at once"),
            _("Set to so that no more than %(most)d editions are asked for.")
            % {"most": MOST_LINKS},
        )
    rows = editions.filter(number__range=(first - 1, last)).order_by("number")
    links = {each.number: each for each in rows.defer("document", "search_text")}
    if not {*range(first, last + 1)} <= links.keys():
        raise Http404(_("“%(slug)s” has no such edition.") % {"slug": slug})
    asked = links[number]
    is_shown = not asked.is_withdrawn
    if is_shown:
        read(asked)
    return EditionProof(
        number=number,
        digest=asked.digest,
        identity=asked.identity,
        document=asked.document if is_shown else None,
        nonce=asked.nonce if is_shown else None,
        links=tuple(
            Link.of(links[each], links[each - 1].digest if each - 1 in links else "").text
            for each in range(first, last + 1)
        ),
    )


def _to(request: HttpRequest, number: int) -> int:
    text = request.GET.get("to", str(number))
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER))
    if not is_number or not 0 < int(text) <= LARGEST_NUMBER:
        raise Problem(400, _("No such edition"), _("Set to to the number of an edition."))
    return int(text)

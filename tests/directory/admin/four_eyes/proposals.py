"""What tests of proposals do."""

from directory.models import Proposal
from tests.addresses import change_url, page_url


def decide(client, proposal, button="_publish", **data):
    """Press a button of the page of a proposal, as it is shown to this person."""
    url = page_url(Proposal, "decide", proposal.pk)
    page = client.get(change_url(proposal))
    knowingly = {"_knowingly": "yes"} if b'name="_knowingly"' in page.content else {}
    return client.post(url, {**knowingly, **data, button: "1"})


def only():
    """The one proposal that there is."""
    return Proposal.objects.get()


def reasons(response):
    """Why a page says that it cannot be published."""
    return [each.message for each in response.context["obstacles"] or ()]

"""The changes of a service as an Atom feed (RFC 4287), as its list of editions tells them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from config.origin import origin
from directory.contacts.text import visible
from directory.editions import history
from directory.editions.current import newest_of
from directory.editions.identity import edition_identity
from directory.editions.nameless import nameless_changes
from directory.editions.reading import read
from directory.public.addresses import address_of
from directory.public.caching import holding
from directory.public.read_only import read_only

ENTRIES = 25


@dataclass(frozen=True)
class ServiceEntries:
    """The newest entries of a service, and the origin that their addresses have."""

    slug: str
    origin: str
    entries: list[history.Entry]

    def address(self, name: str, *args: int) -> str:
        """The whole address of a page of the service."""
        return self.origin + address_of(f"directory:{name}", self.slug, *args)


Item = tuple[ServiceEntries, history.Entry]


class ServiceChanges(Feed):
    """The newest ENTRIES editions of a service; an object is what ServiceEntries says.

    Django would begin addresses with the host of the request; it leaves whole ones as they are.
    """

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> ServiceEntries:
        """The service. Raises Http404."""
        # With the one that the oldest of them is compared with.
        editions = newest_of(slug, ENTRIES + 1)
        entries = history.compared(editions, nameless_changes)[:ENTRIES]
        if not entries:
            raise Http404(_("There is no service “%(slug)s”.") % {"slug": slug})
        return ServiceEntries(slug, origin(request), entries)

    def title(self, obj: ServiceEntries) -> str:
        """The name of the feed."""
        # The newest edition is never withdrawn.
        name = read(obj.entries[0].edition).name
        return _("Changes of %(service)s") % {"service": visible(name)}

    def subtitle(self) -> str:
        """What the feed is about."""
        return _("Every change of this service's contact directory.")

    def author_name(self) -> str:
        """The organisation."""
        return settings.ORGANIZATION.name

    def link(self, obj: ServiceEntries) -> str:
        """The page of the service."""
        return obj.address("service-detail")

    def feed_url(self, obj: ServiceEntries) -> str:
        """The feed itself."""
        return obj.address("changes-feed")

    def items(self, obj: ServiceEntries) -> list[Item]:
        """The entries, each with the service."""
        return [(obj, entry) for entry in obj.entries]

    def item_title(self, item: Item) -> str:
        """The number of the edition with what it changed, or that it was withdrawn."""
        _service, entry = item
        title = _("Edition %(number)d") % {"number": entry.edition.number}
        if entry.edition.is_withdrawn:
            return f"{title} ({_('withdrawn')})"
        return ": ".join(filter(None, [title, visible(entry.headline)]))

    def item_description(self, item: Item) -> str:
        """What it changed, as a list in HTML."""
        _service, entry = item
        sentences = ((visible(each),) for each in entry.summary)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", sentences))

    def item_link(self, item: Item) -> str:
        """The page that tells the changes in detail."""
        service, entry = item
        return service.address("edition-changes", entry.edition.number)

    def feed_guid(self, obj: ServiceEntries) -> str:
        """What stays whatever is renamed or moved."""
        return obj.entries[0].edition.identity

    def item_guid(self, item: Item) -> str:
        """What stays whatever is renamed or moved: readers do not show an entry twice."""
        edition = item[1].edition
        return edition_identity(edition.identity, edition.number)

    def item_pubdate(self, item: Item) -> datetime:
        """When it was published."""
        return item[1].edition.published_at

    def item_updateddate(self, item: Item) -> datetime:
        """When it was withdrawn, or else published."""
        edition = item[1].edition
        return edition.withdrawn_at or edition.published_at


@read_only
def service_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed of a service. Raises Http404."""
    return holding(ServiceChanges()(request, slug=slug))

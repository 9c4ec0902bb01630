"""Pages of the back office that somebody has open while others go on working."""

import re

from django.contrib.messages import get_messages

from directory.admin.undo_links import undo_url
from directory.models import Revision
from tests.addresses import change_url, delete_url, list_url
from tests.html import form_values, read


class Editing:
    """One person's open form."""

    def __init__(self, client, row, query=""):
        self.client, self.url = client, change_url(row) + query
        self.page = self.opened = client.get(self.url)
        self.data = form_values(self.page)

    def post(self, button="_save", **typed):
        self.data |= typed
        self.page = self.client.post(self.url, {**self.data, button: "1"})
        return self.page

    def again(self, button="_save", **typed):
        """Send what the page that came back holds."""
        self.opened = self.page
        self.data = form_values(self.page)
        return self.post(button, **typed) if self.data else self.page

    def delete_row(self, prefix, number, **typed):
        """Tick its deletion and save."""
        name = f"{prefix}-{number}-DELETE"
        return self.post(**{name: read(self.opened).ticks[name]}, **typed)

    def add_row(self, prefix, **values):
        number = int(self.data[f"{prefix}-TOTAL_FORMS"][0])
        self.data[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        self.data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def overtaken(people, row, **typed):
    """Beto's open form; meanwhile Ana has saved this in hers."""
    first, second = (Editing(client, row) for client in people)
    first.post(**typed)
    return second


def stored(row, *names):
    """What the database holds of a row: the value of a field, or those of several."""
    values = type(row).objects.values_list(*names).get(pk=row.pk)
    return values if len(names) > 1 else values[0]


class Deleting:
    """One person's open page that asks whether to delete one object."""

    def __init__(self, client, row):
        self.client, self.url = client, delete_url(row)
        self.page = client.get(self.url)

    def confirm(self):
        self.page = self.client.post(self.url, form_values(self.page))
        return self.page


class DeletingSelected(Deleting):
    """The same for several, selected in their list."""

    def __init__(self, client, *rows):
        self.client, self.url = client, list_url(rows[0])
        self.page = act(client, "delete_selected", *rows)


def act(client, action, *rows, **more):
    """Run an action of a list on these rows of it; with `post`, confirm what its page shows."""
    selected = {"action": action, "_selected_action": [row.pk for row in rows]}
    if "post" in more:
        selected |= form_values(client.post(list_url(rows[0]), selected))
    return client.post(list_url(rows[0]), selected | more)


def confirm(client, url, preview, name="confirmed", **data):
    """Confirm what a page shows: send its hidden field of this name."""
    return client.post(url, {**data, name: form_values(preview)[name]}, follow=True)


def make_again(client, response):
    """Add what the page of something that was deleted meanwhile offers to make again."""
    url = response.context["add_url"]
    opened = client.post(url, {**form_values(response), "_edit_again": "1"})
    return opened, client.post(url, {**form_values(opened), "_save": "1"})


def told(response):
    """The messages of a response, whether it shows them or leads to the page that does."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_link():
    """The message that offers to undo the newest change."""
    url = undo_url(Revision.objects.latest("pk"))
    return f'<a class="undo" href="{url}">Deshacer este cambio</a>'


def pages_told(response):
    """The public pages that the messages lead to."""
    return re.findall(r'<a href="(/servicios/[^"]*)"', " ".join(told(response)))


def problems(response, status=409):
    """What the summary of errors says, each with the name of its field."""
    assert response.status_code == status
    return [(problem.where, problem.message) for problem in response.context["problems"]]


def refused(response):
    """The fields that are refused: of the main form, and of each row of each inline by its model.

    An inline without errors is left out.
    """
    assert response.status_code == 200
    main = sorted(set(response.context["adminform"].form.errors) - {"__all__"})
    rows = {
        inline.formset.model: [sorted(errors) for errors in inline.formset.errors]
        for inline in response.context["inline_admin_formsets"]
        if any(inline.formset.errors)
    }
    return main, rows

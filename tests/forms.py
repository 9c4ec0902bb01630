"""Filling in a form of a page as a browser does: what is there, except for what is changed."""

from html.parser import HTMLParser


class _FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values, self.ticks = {}, {}
        self._select = self._textarea = self._option = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name = attributes.get("name")
        if "disabled" in attributes:
            return
        if tag == "input" and name:
            kind = attributes.get("type", "text")
            if kind == "checkbox":
                self.ticks[name] = attributes.get("value", "on")
            is_off = kind in ("checkbox", "radio") and "checked" not in attributes
            if kind not in ("submit", "button", "file") and not is_off:
                default = "on" if kind in ("checkbox", "radio") else ""
                self.values.setdefault(name, []).append(attributes.get("value", default))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attributes:
            self.values.setdefault(self._select, []).append(attributes.get("value", ""))
        elif tag == "textarea":
            self._textarea, self.values[name] = name, [""]

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea:
            # A browser drops the line break that follows the opening tag.
            self.values[self._textarea] = [self.values[self._textarea][0].removeprefix("\n")]
            self._textarea = None


def form_values(response):
    """What a browser would send back from the back office's page, untouched, by name."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    ignored = ("csrfmiddlewaretoken", "next", "language")
    return {
        name: values
        for name, values in reader.values.items()
        if name not in ignored and "__prefix__" not in name
    }


def tick_values(response):
    """What a browser would send for each checkbox of the page if it were ticked, by name."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.ticks


def submit(client, url, /, **changes):
    """Open the page, change these fields and save. Returns the answer, not followed."""
    opened = client.get(url)
    assert opened.status_code == 200, url
    return client.post(url, {**form_values(opened), "_save": "1", **changes})

"""What a page of HTML shows, and its form filled in as a browser does: the one reader of the tests.

`Page` reads; `words` is for a piece of HTML, `form_values` and `submit` are for forms.
"""

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page shows, links to, and carries in its markup.

    - `text`: all that is written in it, each element apart; `by_class`: the same of one class
    - `by_language`: what a reader sees, by the language that it is marked as
    - `seen`: what a reader sees, without the title of the window, and hidden elements;
      `seen_with_links`: with each target where its link begins, "⟨tel:+57…⟩601 744 2727"
    - `links`, `seen_links`, `sources`: the targets of links, of those that are seen, of the rest
    - `scripts` and `images` are their attributes, `data` the text of each script
    - `fields`: what its forms would send, by name; `ticks`: the value of each checkbox
    """

    VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
    UNSEEN = {"script", "style", "template", "title"}
    INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "mark", "q", "small"}
    INLINE |= {"span", "strong", "time", "u", "wbr"}

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.links, self.seen_links, self.sources = [], [], [], [], []
        self.scripts, self.data, self.images = [], [], []
        self.by_class, self.by_language, self.fields, self.ticks = {}, {}, {}, {}
        self._text, self._seen = [], []
        # The elements around: their tags, the classes of them and of all around, whether they are
        # hidden, and languages.
        self._open = []
        self._select = self._textarea = None
        self.feed(html)
        self.close()
        self.text = " ".join(" ".join(self._text).split())
        self.by_class, self.by_language = (
            {name: " ".join(" ".join(texts).split()) for name, texts in by_name.items()}
            for by_name in (self.by_class, self.by_language)
        )
        self.seen_with_links = " ".join("".join(self._seen).split())
        self.seen = " ".join(re.sub(" ⟨.*?⟩", "", "".join(self._seen)).split())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.attributes += attributes
        _, classes, unseen, language = self._open[-1] if self._open else ("", set(), False, "")
        unseen = unseen or tag in self.UNSEEN or "hidden" in values
        if tag not in self.VOID:
            if own := values.get("class"):
                classes = classes | set(own.split())
            self._open.append((tag, classes, unseen, values.get("lang", language)))
        if tag == "a":
            self.links.append(values.get("href", ""))
            if values.get("href") and not unseen:
                self.seen_links.append(values["href"])
                self._seen.append(f" ⟨{values['href']}⟩")
        elif "href" in values or "src" in values:
            self.sources.append(values.get("href") or values.get("src"))
        if tag == "script":
            self.scripts.append(values)
            self.data.append("")
        elif tag == "img":
            self.images.append(values)
        if "disabled" not in values:
            self._begin_field(tag, values)
        self._separate(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            while self._open and self._open.pop()[0] != tag:
                pass
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea:
            # A browser drops the line break that follows the opening tag.
            self.fields[self._textarea] = [self.fields[self._textarea][0].removeprefix("\n")]
            self._textarea = None
        self._separate(tag)

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][0] += data
        if self._open and self._open[-1][0] == "script":
            self.data[-1] += data
            return
        self._text.append(data)
        if not self._is_unseen():
            self._seen.append(data)
            if self._open:
                self.by_language.setdefault(self._open[-1][3], []).append(data)
        for name in self._open[-1][1] if self._open else ():
            self.by_class.setdefault(name, []).append(data)

    def _is_unseen(self):
        return bool(self._open and self._open[-1][2])

    def _separate(self, tag):
        if tag not in self.INLINE:
            self._seen.append(" ")

    def _begin_field(self, tag, values):
        name = values.get("name")
        if tag == "input" and name:
            kind = values.get("type", "text")
            default = "on" if kind in ("checkbox", "radio") else ""
            value = values.get("value", default)
            if kind == "checkbox":
                self.ticks[name] = value
            is_off = kind in ("checkbox", "radio") and "checked" not in values
            if kind not in ("submit", "button", "file") and not is_off:
                self.fields.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in values:
            self.fields.setdefault(self._select, []).append(values.get("value", ""))
        elif tag == "textarea":
            self._textarea, self.fields[name] = name, [""]


def read(response):
    return Page(response.content.decode())


def inline_code(response):
    """Scripts and styles within a page, which the content security policy would stop."""
    page = response.content.decode()
    return re.findall(r"<style|<script(?![^>]*src=)[^>]*>|\son\w+=|\sstyle=", page)


def words(html):
    """The text of some HTML as it is read; what stands in one line is not torn apart."""
    return Page(html).seen


def form_values(response):
    """What a browser would send back from the back office's page, untouched, by name."""
    ignored = ("csrfmiddlewaretoken", "next", "language")
    return {
        name: values
        for name, values in read(response).fields.items()
        if name not in ignored and "__prefix__" not in name
    }


def submit(client, url, /, button="_save", **changes):
    """Open the page, change these fields and press a button. Returns the answer, not followed.

    What is "on" sends the value of its checkbox.
    """
    opened = client.get(url)
    assert opened.status_code == 200, url
    ticks = {name: tick for name, tick in read(opened).ticks.items() if changes.get(name) == "on"}
    return client.post(url, {**form_values(opened), button: "1", **changes, **ticks})

"""What a page of HTML shows: the one reader of the tests."""

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page shows, links to, and carries in its markup.

    `scripts` and `images` are their attributes, `data` the text of each script.
    """

    VOID = {"meta", "link", "input", "br", "img", "hr", "use"}

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.links, self.sources, self._text = [], [], [], [], []
        self._open = []
        self.by_class = {}
        self.scripts, self.data, self.images = [], [], []
        self.feed(html)
        self.text = " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.attributes += attributes
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif "href" in values or "src" in values:
            self.sources.append(values.get("href") or values.get("src"))
        if tag == "script":
            self.scripts.append(values)
            self.data.append("")
        elif tag == "img":
            self.images.append(values)
        if tag not in self.VOID:
            self._open.append((tag, (values.get("class") or "").split()))

    def handle_endtag(self, tag):
        while tag not in self.VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1][0] == "script":
            self.data[-1] += data
            return
        self._text.append(data)
        for name in {name for _, names in self._open for name in names}:
            kept = f"{self.by_class.get(name, '')} {data}"
            self.by_class[name] = " ".join(kept.split())


def words(html):
    """The text of some HTML as it is read; what stands in one line is not torn apart."""
    inline = re.sub(r"</?(?:b|wbr|span|a)\b[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())

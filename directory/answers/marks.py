"""Where a text says what was searched for: pure."""

from collections.abc import Iterable, Iterator

from directory.answers.search import SearchQuery
from directory.contacts.text import fold

# A single letter is in every word.
SHORTEST_WORD = 2
SHORTEST_NUMBER = 7
Span = tuple[int, int]


def spans(text: str, query: SearchQuery) -> list[Span]:
    """Where `text` has the words of the query, or the number that it is: begins and ends, in order
    and apart from each other. Accents and capitals are no matter, nor how digits are grouped."""
    found = sorted([*_words(text, query), *_number(text, query)])
    merged: list[Span] = []
    for begin, end in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def within(found: Iterable[Span], begin: int, end: int) -> list[Span]:
    """What of the spans is from `begin` to `end`, counted from `begin`."""
    return [
        (max(first, begin) - begin, min(last, end) - begin)
        for first, last in found
        if first < end and last > begin
    ]


def pieces(text: str, found: Iterable[Span]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is one of the spans."""
    told, last = [], 0
    for begin, end in found:
        told += [(text[last:begin], False), (text[begin:end], True)]
        last = end
    return [piece for piece in (*told, (text[last:], False)) if piece[0]]


def _words(text: str, query: SearchQuery) -> Iterator[Span]:
    # Each folded character with the place of the one that it comes from.
    folded = [
        (each, place)
        for place, one in enumerate(text)
        for each in (" " if one.isspace() else fold(one))
    ]
    line = "".join(each for each, _place in folded)
    for word in {word for word in query.words if len(word) >= SHORTEST_WORD}:
        begin = line.find(word)
        while begin >= 0:
            after = begin + len(word)
            # With the accents that follow its last letter.
            yield folded[begin][1], folded[after][1] if after < len(folded) else len(text)
            begin = line.find(word, after)


def _number(text: str, query: SearchQuery) -> Iterator[Span]:
    places = [place for place, one in enumerate(text) if one.isdecimal()]
    digits = "".join(text[place] for place in places)
    for form in sorted(query.numbers, key=len, reverse=True):
        if (begin := digits.find(form)) >= 0:
            yield places[begin], places[begin + len(form) - 1] + 1
            return
        # It was typed with the code of the country, or as it was before.
        if len(digits) >= SHORTEST_NUMBER and form.endswith(digits):
            yield places[0], places[-1] + 1
            return

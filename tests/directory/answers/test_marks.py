"""Where a text says what was searched for."""

import pytest

from directory.answers.marks import pieces, spans, within
from directory.answers.search import parse_query


def marked(text, query):
    found = spans(text, parse_query(query))
    return "".join(f"[{piece}]" if is_found else piece for piece, is_found in pieces(text, found))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Clave Única", "unica", "Clave [Única]"),
        ("Clave Única", "CLAVE única", "[Clave] [Única]"),
        ("Cla\u0301ve", "clave", "[Cla\u0301ve]"),
        ("Quejas y reclamos", "queja", "[Queja]s y reclamos"),
        ("601 744 2727", "7442727", "601 [744 2727]"),
        ("601 744 2727", "(1) 744 2727", "[601 744 2727]"),
        ("601 744 2727", "+57 601 7442727", "[601 744 2727]"),
        ("+57 601 744 2727", "744-2727", "+57 601 [744 2727]"),
        ("soporte@example.com", "example", "soporte@[example].com"),
        ("anana", "ana", "[ana]na"),
        ("abcd", "abc bcd", "[abcd]"),
        ("Mesa de ayuda", "a", "Mesa de ayuda"),
        ("Mesa de ayuda", "xyz", "Mesa de ayuda"),
        ("Mesa de ayuda", "", "Mesa de ayuda"),
        ("", "mesa", ""),
        ("<b>mesa</b>", "mesa", "<b>[mesa]</b>"),
        ("ﬁrma", "firma", "[ﬁrma]"),
    ],
)
def test_what_was_searched_for_is_marked(text, query, shown):
    assert marked(text, query) == shown


def test_spans_within_a_part_are_counted_from_its_beginning():
    assert within([(0, 2), (4, 9), (12, 14)], 5, 10) == [(0, 4)]

"""Templates read at a glance: no line of theirs is a program."""

from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
LONGEST = 120
# Not formatted yet.
EXEMPT = {
    "admin/_effect.html",
    "admin/_going.html",
    "admin/_stale.html",
    "admin/bulk/_cell.html",
    "admin/bulk/_effect.html",
    "admin/bulk/import_preview.html",
    "admin/bulk/spreadsheets.html",
    "admin/conflict.html",
    "admin/deleted_meanwhile.html",
    "admin/desk/_answering.html",
    "admin/desk/_attention.html",
    "admin/desk/_coming.html",
    "admin/desk/_entry.html",
    "admin/desk/_holidays.html",
    "admin/desk/_lately.html",
    "admin/desk/_tasks.html",
    "admin/directory/findings.html",
    "directory/_button.html",
    "directory/_contact.html",
    "directory/_dialling.html",
    "directory/_for.html",
    "directory/_icon.html",
    "directory/_nobody.html",
    "directory/_now.html",
    "directory/_opens.html",
    "directory/card.html",
}


def test_no_line_of_a_template_is_too_long():
    long = [
        f"{name}:{number}"
        for file in TEMPLATES.rglob("*.html")
        if (name := str(file.relative_to(TEMPLATES))) not in EXEMPT
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []

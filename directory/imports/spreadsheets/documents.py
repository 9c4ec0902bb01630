"""What people download, edit and bring back: one sheet, or several in one workbook."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets import csv_files, files, xlsx_files
from directory.imports.spreadsheets.importing import Records, match
from directory.imports.spreadsheets.sheets import Sheet
from directory.imports.spreadsheets.tables import FileRefused


class SheetDocument:
    """One sheet, as CSV or XLSX."""

    is_workbook = False
    endings = ("xlsx", "csv")

    def __init__(self, sheet: Sheet):
        self.sheets = [sheet]
        self.name = sheet.name
        self.title = sheet.title
        self.description = sheet.description

    def may_export(self) -> bool:
        return True

    def may_import(self) -> bool:
        (sheet,) = self.sheets
        return sheet.may("change", sheet._meta.model)

    def file_name(self, ending: str) -> str:
        return self.sheets[0].file_name(ending)

    def write(self, ending: str) -> bytes:
        (sheet,) = self.sheets
        if ending == "csv":
            return csv_files.write(sheet.headings(), sheet.texts())
        return xlsx_files.write(sheet.title, sheet.headings(), sheet.texts())

    def read(self, file_name: str, content: bytes) -> list[Records]:
        """What a file brings for each of the sheets. Raises FileRefused."""
        (sheet,) = self.sheets
        return [match(sheet, files.read(file_name, content))]


class WorkbookDocument:
    """Several sheets in one XLSX: each refers only to itself and to those before it."""

    is_workbook = True
    name = "workbook"
    endings = ("xlsx",)

    def __init__(self, sheets: list[Sheet]):
        self.sheets = sheets

    @property
    def title(self) -> str:
        return _("All in one workbook")

    @property
    def description(self) -> str:
        return _(
            "For what belongs together, such as a new channel with new contact points: it is "
            "imported as a whole and published once. Sheets: %s. You may leave some out."
        ) % ", ".join(sheet.title for sheet in self.sheets)

    def may_export(self) -> bool:
        return all(
            sheet.may("view", sheet._meta.model) or sheet.may("change", sheet._meta.model)
            for sheet in self.sheets
        )

    def may_import(self) -> bool:
        return all(
            sheet.may(action, sheet._meta.model)
            for sheet in self.sheets
            for action in ("change", "bulk_change")
        )

    def file_name(self, ending: str) -> str:
        return f"{_('directory')}.{ending}"

    def write(self, ending: str) -> bytes:
        return xlsx_files.write_sheets(
            [(sheet.title, sheet.headings(), sheet.texts()) for sheet in self.sheets]
        )

    def read(self, file_name: str, content: bytes) -> list[Records]:
        """What a file brings for each of the sheets. Raises FileRefused."""
        known = {name: sheet for sheet in self.sheets for name in _titles(sheet)}
        found = {}
        for title, table in files.read_workbook(file_name, content):
            sheet = known.get(fold(title))
            if sheet is None or sheet in found:
                raise FileRefused(
                    _(
                        "The sheet “%(title)s” belongs to no table here, or stands there twice. "
                        "Name the sheets: %(names)s."
                    )
                    % {"title": title, "names": ", ".join(each.title for each in self.sheets)}
                )
            try:
                found[sheet] = match(sheet, table)
            except FileRefused as refusal:
                raise FileRefused(f"{title}: {refusal}") from refusal
        return [found[sheet] for sheet in self.sheets if sheet in found]


def _titles(sheet):
    """What a sheet may be called in a workbook, folded: its title in every language."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield fold(sheet.title[: xlsx_files.LONGEST_TITLE])

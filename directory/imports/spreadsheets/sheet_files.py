"""What people download, edit and bring back: one sheet, or several in one workbook."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets import csv_files, files, xlsx_files
from directory.imports.spreadsheets.cells import FileRefused
from directory.imports.spreadsheets.columns import in_languages
from directory.imports.spreadsheets.matching import match
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_import import SheetImport


class SheetFile:
    """One sheet, as XLSX or CSV."""

    is_workbook = False
    endings: tuple[str, ...] = ("xlsx", "csv")

    def __init__(self, sheet: Sheet) -> None:
        self.sheets = [sheet]
        self.name, self.title, self.description = sheet.name, sheet.title, sheet.description
        self.file_name = slugify(sheet.title)

    def may_export(self) -> bool:
        """Whether the user may download all that it holds."""
        return all(sheet.may_export() for sheet in self.sheets)

    def may_import(self) -> bool:
        """Whether the user may change all that it holds."""
        return all(sheet.may_import() for sheet in self.sheets)

    def write(self, ending: str) -> bytes:
        """The bytes of a download with every row of the database."""
        contents = [(sheet.title, sheet.headings(), sheet.texts()) for sheet in self.sheets]
        if ending == "csv":
            ((_title, headings, rows),) = contents
            return csv_files.write(headings, rows)
        return xlsx_files.write(contents)

    def read(self, file_name: str, content: bytes) -> list[SheetImport]:
        """What an uploaded file brings. Raises FileRefused."""
        ((_title, records),) = files.read(file_name, content)
        return [match(self.sheets[0], records)]


class WorkbookFile(SheetFile):
    """Several sheets in one XLSX: each refers only to itself and to those before it."""

    is_workbook = True
    endings = ("xlsx",)
    name = "workbook"

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self.title, self.file_name = _("All in one workbook"), _("directory")
        self.description = _(
            "For what belongs together, such as a new channel with new contact points: it is "
            "imported as a whole and published once. Sheets: %s. You may leave some out."
        ) % ", ".join(sheet.title for sheet in sheets)

    def read(self, file_name: str, content: bytes) -> list[SheetImport]:
        longest = xlsx_files.LONGEST_TITLE
        # What a sheet may be called: its title in every language.
        known = {
            title[:longest].strip(): sheet
            for sheet in self.sheets
            for title in in_languages(sheet.model._meta.verbose_name_plural)
        }
        found = {}
        for title, records in files.read(file_name, content, is_workbook=True):
            sheet = known.get(fold(title))
            if sheet is None or sheet in found:
                message = _(
                    "The sheet “%(title)s” belongs to no table here, or stands there twice. "
                    "Name the sheets: %(names)s."
                )
                names = ", ".join(sheet.title for sheet in self.sheets)
                raise FileRefused(message % {"title": title, "names": names})
            try:
                found[sheet] = match(sheet, records)
            except FileRefused as refused:
                raise FileRefused(f"{title}: {refused}") from refused
        return [found[sheet] for sheet in self.sheets if sheet in found]

"""What people download, edit and bring back: one sheet, or several in one workbook."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets import csv_files, files, workbook_layout, xlsx_files
from directory.imports.spreadsheets.cells import FileRefused
from directory.imports.spreadsheets.columns import in_languages
from directory.imports.spreadsheets.matching import match
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_import import CellError, SheetImport


class SheetFile:
    """One sheet, as XLSX or CSV. A page that shows it sets its addresses: `import_url`, and
    `downloads` by their endings."""

    import_url: str
    downloads: dict[str, str]
    is_workbook = False
    endings: tuple[str, ...] = ("xlsx", "csv")

    def __init__(self, sheet: Sheet) -> None:
        self.sheets = [sheet]
        self.name, self.title, self.description = sheet.name, sheet.title, sheet.description
        self.file_name = slugify(sheet.title)

    def may_export(self) -> bool:
        """Whether the user may download it."""
        return any(sheet.may_export() for sheet in self.sheets)

    def may_import(self) -> bool:
        """Whether the user may change what it holds."""
        return any(sheet.may_import() for sheet in self.sheets)

    def write(self, ending: str, is_empty: bool = False) -> bytes:
        """The bytes of a download with every row of the database; `is_empty`: with examples
        instead, to be filled in."""
        if ending == "csv":
            (sheet,) = self.sheets
            return csv_files.write(sheet.headings(), sheet.texts())
        tables = workbook_layout.tables(self.sheets, self.is_workbook, is_empty)
        return xlsx_files.write(tables)

    def read(self, file_name: str, content: bytes) -> list[SheetImport]:
        """What an uploaded file brings. Raises FileRefused."""
        ((_title, records),) = files.read(file_name, content)
        return [match(self.sheets[0], records)]


class WorkbookFile(SheetFile):
    """Several sheets in one XLSX: each refers only to itself and to those before it.

    It has the sheets that the user may download. Those that the user may not import are read too:
    they must say what is there already.
    """

    is_workbook = True
    endings = ("xlsx",)
    name = "workbook"

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = [sheet for sheet in sheets if sheet.may_export()]
        self.title, self.file_name = _("All in one workbook"), _("directory")
        self.description = _(
            "For what belongs together, such as a new service with its channels and numbers: it is "
            "imported as a whole and published once."
        )

    def read(self, file_name: str, content: bytes) -> list[SheetImport]:
        """What an uploaded workbook brings, in the order in which sheets refer to each other,
        whatever their order in the file. Raises FileRefused."""
        known = {title: sheet for sheet in self.sheets for title in _titles(sheet.any_title)}
        passed_over = {title for each in workbook_layout.NO_TABLES for title in _titles(each)}
        found: dict[Sheet, SheetImport] = {}
        wrong: list[CellError] = []
        for title, records in files.read(file_name, content, is_workbook=True):
            sheet = known.get(fold(title))
            if sheet and sheet not in found:
                found[sheet] = match(sheet, records)
            elif fold(title) not in passed_over:
                wrong.append(CellError(0, "", self._no_table(title), title))
        if not found and not wrong:
            raise FileRefused(_("The workbook has no table. Fill in one of its sheets."))
        imports = [found[sheet] for sheet in self.sheets if sheet in found]
        if wrong:
            imports = imports or [SheetImport(self.sheets[0])]
            imports[0].errors[0:0] = wrong
        return imports

    def _no_table(self, title: str) -> str:
        message = _(
            "The sheet “%(title)s” belongs to no table here, or stands there twice. Delete it, or "
            "name it as one of these: %(names)s."
        )
        return message % {"title": title, "names": ", ".join(sheet.title for sheet in self.sheets)}


def _titles(text: object) -> set[str]:
    """What a sheet may be called: its title in every language, as long as Excel takes it."""
    titles = in_languages(text)
    return titles | {title[: xlsx_files.LONGEST_TITLE].strip() for title in titles}

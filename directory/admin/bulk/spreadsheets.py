"""The page of a model's spreadsheets."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from directory.admin.bulk.file_desk import FileDesk, download, permissions_of, takes_spreadsheets
from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.publication import PublishingAdmin
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_files import SheetFile


class SpreadsheetsMixin(ToolsMixin, PublishingAdmin):
    """Adds the page. `sheets` are the kinds of spreadsheet that belong to this model; it leads to
    the workbook with all."""

    sheets: Sequence[type[Sheet]] = []

    def get_urls(self) -> list[URLPattern]:
        """Django's, and those of the page, its downloads and its uploads."""
        export, place = "spreadsheets/<slug:sheet>.<slug:ending>", "spreadsheets/<slug:sheet>/"
        view, name = self.admin_site.admin_view, self.url_name
        return [
            path("spreadsheets/", view(self.spreadsheets_view), name=name("spreadsheets")),
            path(export, view(self.export_view), name=name("export")),
            path(place, view(self.import_view), name=name("import")),
            *super().get_urls(),
        ]

    def list_tools(self, request: HttpRequest) -> Tools:
        """The link to the page, for those who may see the list."""
        tools = super().list_tools(request)
        if self.has_view_permission(request):
            tools.append((self.url("spreadsheets"), _("Excel and CSV")))
        return tools

    def spreadsheets_view(self, request: HttpRequest) -> HttpResponse:
        """The page with every spreadsheet of the model."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._desk(request).page()

    def export_view(self, request: HttpRequest, sheet: str, ending: str) -> HttpResponse:
        """A spreadsheet as a download."""
        return download(self._sheet_file(request, sheet), ending)

    @takes_spreadsheets
    def import_view(self, request: HttpRequest, sheet: str) -> HttpResponse:
        """The preview of an uploaded file, or its import."""
        return self._desk(request).receive(self._sheet_file(request, sheet))

    def _desk(self, request: HttpRequest) -> FileDesk:
        return FileDesk(
            request,
            self._sheet_files(request),
            "admin/bulk/spreadsheets.html",
            self.url("spreadsheets"),
            self.url("changelist"),
            self.page_context,
            _("Excel and CSV"),
        )

    def _sheet_files(self, request: HttpRequest) -> list[SheetFile]:
        found = [SheetFile(sheet(permissions_of(request))) for sheet in self.sheets]
        for each in found:
            each.import_url = self.url("import", each.name)
            each.downloads = {
                ending: self.url("export", each.name, ending) for ending in each.endings
            }
        return found

    def _sheet_file(self, request: HttpRequest, name: str) -> SheetFile:
        for sheet_file in self._sheet_files(request):
            if sheet_file.name == name:
                return sheet_file
        raise Http404

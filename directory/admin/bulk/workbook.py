"""The page of the whole directory as one workbook: downloads, upload, preview, import."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.admin.bulk.file_desk import (
    FileDesk,
    download,
    permissions_of,
    takes_spreadsheets,
)
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from directory.imports.spreadsheets.sheet_files import WorkbookFile


@admin.site.admin_view
@takes_spreadsheets
def workbook(request: HttpRequest) -> HttpResponse:
    """The page; what is sent to it is an upload, or the confirmation of what it showed."""
    sheet_file = _workbook(request)
    page_url = reverse("backoffice:workbook")
    sheet_file.import_url = page_url
    sheet_file.downloads = {"xlsx": reverse("backoffice:workbook-download")}
    desk = FileDesk(
        request, [sheet_file], "admin/bulk/workbook.html", page_url, page_url, _context, _title()
    )
    return desk.receive(sheet_file) if request.method == "POST" else desk.page()


@admin.site.admin_view
@require_safe
def workbook_download(request: HttpRequest, *, is_empty: bool) -> HttpResponse:
    """The workbook with all that is there, or empty with an example."""
    return download(_workbook(request), "xlsx", is_empty)


def _workbook(request: HttpRequest) -> WorkbookFile:
    """The workbook with the sheets that the user may see. Raises PermissionDenied without any."""
    sheet_file = WorkbookFile([sheet(permissions_of(request)) for sheet in workbook_sheets()])
    if not sheet_file.sheets:
        raise PermissionDenied
    return sheet_file


def _title() -> str:
    return _("The whole directory in one workbook")


def _context(request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, **context}

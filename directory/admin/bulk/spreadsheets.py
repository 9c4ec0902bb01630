"""The page of a model's spreadsheets: download, upload, preview, confirm."""

from collections.abc import Sequence

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.requests import staff
from directory.admin.undo_links import offer_undo
from directory.imports.spreadsheets import file_import, files
from directory.imports.spreadsheets.cells import FileRefused, tidy
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_files import SheetFile, WorkbookFile
from directory.imports.spreadsheets.sheet_import import CellError, SheetImport
from directory.upkeep.checks import misleading

SHOWN_AT_MOST = 200
# What a browser sends back with the confirmation; Django takes 2.5 MB.
LARGEST_PAYLOAD = 2_000_000
CONFIRM_WITHIN = 60 * 60
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SpreadsheetsMixin(ToolsMixin, PublishingAdmin):
    """Adds the page. `sheets` are the kinds of spreadsheet that belong to this model; the workbook
    with all stands below them.

    Between the preview and the confirmation the rows that change travel in the form, signed: no
    file is stored on the server, and what is confirmed is what was shown.
    """

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
        """The page with every spreadsheet that the user may download."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def export_view(self, request: HttpRequest, sheet: str, ending: str) -> HttpResponse:
        """A spreadsheet as a download."""
        sheet_file = self._sheet_file(request, sheet)
        if not sheet_file.may_export():
            raise PermissionDenied
        if ending not in sheet_file.endings:
            raise Http404
        disposition = f'attachment; filename="{sheet_file.file_name}.{ending}"'
        headers = {"Content-Type": TYPES[ending], "Content-Disposition": disposition}
        return HttpResponse(sheet_file.write(ending), headers=headers)

    def import_view(self, request: HttpRequest, sheet: str) -> HttpResponse:
        """The preview of an uploaded file; or the import of what was shown, if it is confirmed."""
        sheet_file = self._sheet_file(request, sheet)
        if not sheet_file.may_import():
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self.url("spreadsheets"))
        upload = request.FILES.get("file")
        file_name = tidy(upload.name or "")[:100] if upload else ""
        try:
            if "confirmed" in request.POST:
                return self._confirmed(request, sheet_file)
            if upload is None:
                raise FileRefused(_("Choose a file first."))
            files.refuse_size(upload.size or 0)
            imports = sheet_file.read(file_name, upload.read())
            return self._previewed(request, sheet_file, file_name, imports)
        except FileRefused as refused:
            error = CellError(0, "", str(refused))
            return self._page(request, sheet_file, file_name, [error])

    def _previewed(
        self,
        request: HttpRequest,
        sheet_file: SheetFile,
        file_name: str,
        imports: list[SheetImport],
    ) -> HttpResponse:
        outcome = file_import.preview(imports)
        if outcome.errors:
            return self._page(request, sheet_file, file_name, outcome.errors)
        found = misleading.before_saving(change.instance for change in outcome.changes)
        outcome.warnings += [f"{each.subject.name}: {each.message}" for each in found]
        rows = {each.sheet.name: each.changing_rows for each in imports}
        seen = (file_name, rows, outcome.fingerprint)
        payload = signing.dumps(seen, salt=_salt(request, sheet_file), compress=True)
        if len(payload) > LARGEST_PAYLOAD:
            raise FileRefused(
                _("The file holds too much text for one import. Split it into several.")
            )
        context = self.page_context(
            request,
            _("What changes with this file"),
            sheet_file=sheet_file,
            file_name=file_name,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_AT_MOST],
            not_shown=max(0, len(outcome.changes) - SHOWN_AT_MOST),
            effect=outcome.effect,
            payload=payload,
        )
        return TemplateResponse(request, "admin/bulk/import_preview.html", context)

    def _confirmed(self, request: HttpRequest, sheet_file: SheetFile) -> HttpResponse:
        payload, salt = request.POST["confirmed"], _salt(request, sheet_file)
        try:
            file_name, rows, seen = signing.loads(payload, salt=salt, max_age=CONFIRM_WITHIN)
        except signing.BadSignature as error:
            raise FileRefused(
                _("The confirmation is no longer valid. Choose the file again.")
            ) from error

        def imports() -> list[SheetImport]:
            return [SheetImport(sheet, rows.get(sheet.name)) for sheet in sheet_file.sheets]

        outcome = file_import.bring_in(imports(), staff(request), file_name, seen)
        if outcome.errors:
            return self._page(request, sheet_file, file_name, outcome.errors)
        if outcome.is_stale:
            # Without changes it was confirmed twice, and the page says that all of it is there.
            if outcome.changes:
                warning = _("Somebody changed these rows meanwhile. This is what changes now.")
                self.message_user(request, warning, messages.WARNING)
            return self._previewed(request, sheet_file, file_name, imports())
        self.message_user(request, _summary(outcome, file_name), messages.SUCCESS)
        self.report_published(request, outcome.editions)
        offer_undo(request, outcome.revision)
        return HttpResponseRedirect(self.url("changelist"))

    def _page(
        self,
        request: HttpRequest,
        refused: SheetFile | None = None,
        file_name: str = "",
        errors: Sequence[CellError] = (),
    ) -> HttpResponse:
        context = self.page_context(
            request,
            _("Nothing was imported") if errors else _("Excel and CSV"),
            sheet_files=[each for each in self._sheet_files(request) if each.may_export()],
            refused=refused and refused.name,
            file_name=file_name,
            errors=errors[:SHOWN_AT_MOST],
            more=max(0, len(errors) - SHOWN_AT_MOST),
            megabytes=files.LARGEST_FILE // 1024 // 1024,
            most_rows=files.MOST_ROWS,
        )
        return TemplateResponse(request, "admin/bulk/spreadsheets.html", context)

    def _sheet_files(self, request: HttpRequest) -> list[SheetFile]:
        def may(action: str, model: type[Model]) -> bool:
            meta = model._meta
            return request.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

        workbook = WorkbookFile([sheet(may) for sheet in workbook_sheets()])
        return [*(SheetFile(sheet(may)) for sheet in self.sheets), workbook]

    def _sheet_file(self, request: HttpRequest, name: str) -> SheetFile:
        for sheet_file in self._sheet_files(request):
            if sheet_file.name == name:
                return sheet_file
        raise Http404


def _salt(request: HttpRequest, sheet_file: SheetFile) -> str:
    return f"directory.imports.spreadsheets:{sheet_file.name}:{request.user.pk}"


def _summary(outcome: file_import.Outcome, file_name: str) -> str:
    """What an import did, in a sentence or two."""
    added = ngettext("%d new row", "%d new rows", outcome.added) % outcome.added
    changed = ngettext("%d changed row", "%d changed rows", outcome.changed) % outcome.changed
    summary = _("“%(file)s” is imported: %(added)s, %(changed)s.")
    summary %= {"file": file_name, "added": added, "changed": changed}
    if outcome.taken_away:
        taken_away = ngettext(
            "%d entry was taken away from a list.",
            "%d entries were taken away from lists.",
            outcome.taken_away,
        )
        summary += f" {taken_away % outcome.taken_away}"
    return summary

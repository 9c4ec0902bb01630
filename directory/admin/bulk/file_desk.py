"""What pages do with spreadsheets: download, upload, preview, confirm.

Between the preview and the confirmation the rows that change travel in the form, signed: no file is
stored on the server, and what is confirmed is what was shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.body_limits import takes_files
from directory.admin import preview
from directory.admin.publication import tell_editions
from directory.admin.requests import staff
from directory.admin.undo_links import offer_undo
from directory.audit.log import note
from directory.imports.spreadsheets import file_import, files
from directory.imports.spreadsheets.cells import FileRefused, tidy
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from directory.imports.spreadsheets.sheet_files import SheetFile
from directory.imports.spreadsheets.sheet_import import CellError, SheetImport
from directory.models import Event
from directory.upkeep.checks import misleading

SHOWN_AT_MOST = 200
# What a browser sends back with the confirmation; Django takes 2.5 MB.
LARGEST_PAYLOAD = 2_000_000
CONFIRM_WITHIN = 60 * 60
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def permissions_of(request: HttpRequest) -> Callable[[str, type[Model]], bool]:
    """Whether the user has a permission, as sheets ask for it."""

    def may(action: str, model: type[Model]) -> bool:
        meta = model._meta
        return request.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

    return may


def may_import_something(request: HttpRequest) -> bool:
    """Whether the user may bring in any sheet."""
    return any(sheet(permissions_of(request)).may_import() for sheet in workbook_sheets())


# With the other fields of the form.
takes_spreadsheets = takes_files(files.LARGEST_FILE + 64 * 1024, may_import_something)


def download(sheet_file: SheetFile, ending: str, is_empty: bool = False) -> HttpResponse:
    """A spreadsheet as a download. Raises PermissionDenied, and Http404 for another format."""
    if not sheet_file.may_export():
        raise PermissionDenied
    if ending not in sheet_file.endings:
        raise Http404
    name = _("template") if is_empty else sheet_file.file_name
    headers = {
        "Content-Type": TYPES[ending],
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
    }
    if not is_empty:
        note(Event.EXPORTED, what=sheet_file.name, format=ending)
    return HttpResponse(sheet_file.write(ending, is_empty), headers=headers)


@dataclass
class FileDesk:
    """The page `template` with spreadsheets, at `page_url`; `context` makes its context of a title
    and more. `done_url` is where an import leads to."""

    request: HttpRequest
    sheet_files: Sequence[SheetFile]
    template: str
    page_url: str
    done_url: str
    context: Callable[..., dict[str, Any]]
    title: str

    def page(
        self,
        refused: SheetFile | None = None,
        file_name: str = "",
        errors: Sequence[CellError] = (),
    ) -> HttpResponse:
        """The page, with the `errors` of a file that was refused."""
        context = self.context(
            self.request,
            _("Nothing was imported") if errors else self.title,
            sheet_files=[each for each in self.sheet_files if each.may_export()],
            refused=refused and refused.name,
            file_name=file_name,
            errors=errors[:SHOWN_AT_MOST],
            more=max(0, len(errors) - SHOWN_AT_MOST),
            megabytes=files.LARGEST_FILE // 1024 // 1024,
            most_rows=files.MOST_ROWS,
        )
        return TemplateResponse(self.request, self.template, context)

    def receive(self, sheet_file: SheetFile) -> HttpResponse:
        """The preview of an uploaded file; or the import of what was shown, if it is confirmed.
        Raises PermissionDenied."""
        request = self.request
        if not sheet_file.may_import():
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self.page_url)
        upload = request.FILES.get("file")
        file_name = tidy(upload.name or "")[:100] if upload else ""
        try:
            if "confirmed" in request.POST:
                return self._confirmed(sheet_file)
            if upload is None:
                raise FileRefused(_("Choose a file first."))
            files.refuse_size(upload.size or 0)
            imports = sheet_file.read(file_name, upload.read())
            return self._previewed(sheet_file, file_name, imports)
        except FileRefused as refused:
            error = CellError(0, "", str(refused))
            return self.page(sheet_file, file_name, [error])

    def _previewed(
        self, sheet_file: SheetFile, file_name: str, imports: list[SheetImport]
    ) -> HttpResponse:
        request, outcome = self.request, file_import.preview(imports)
        if outcome.errors:
            return self.page(sheet_file, file_name, outcome.errors)
        found = misleading.before_saving(change.instance for change in outcome.changes)
        outcome.warnings += [f"{each.subject.name}: {each.message}" for each in found]
        rows = {each.sheet.name: (each.rows_to_confirm, each.letters) for each in imports}
        seen = (file_name, rows, outcome.fingerprint)
        payload = signing.dumps(seen, salt=self._salt(sheet_file), compress=True)
        if len(payload) > LARGEST_PAYLOAD:
            raise FileRefused(
                _("The file holds too much text for one import. Split it into several.")
            )
        context = self.context(
            request,
            _("What changes with this file"),
            sheet_file=sheet_file,
            page_url=self.page_url,
            file_name=file_name,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_AT_MOST],
            matched=outcome.matched[:SHOWN_AT_MOST],
            not_shown=max(0, len(outcome.changes) - SHOWN_AT_MOST),
            effect=outcome.effect,
            payload=payload,
            knowingly=preview.KNOWINGLY,
        )
        return TemplateResponse(request, "admin/bulk/import_preview.html", context)

    def _confirmed(self, sheet_file: SheetFile) -> HttpResponse:
        request, salt = self.request, self._salt(sheet_file)
        try:
            payload = request.POST["confirmed"]
            file_name, rows, seen = signing.loads(payload, salt=salt, max_age=CONFIRM_WITHIN)
        except signing.BadSignature as error:
            raise FileRefused(
                _("The confirmation is no longer valid. Choose the file again.")
            ) from error

        def imports() -> list[SheetImport]:
            return [SheetImport(each, *rows.get(each.name, ())) for each in sheet_file.sheets]

        outcome = file_import.bring_in(imports(), staff(request), file_name, seen)
        if outcome.errors:
            return self.page(sheet_file, file_name, outcome.errors)
        if outcome.is_stale:
            # Without changes it was confirmed twice, and the page says that all of it is there.
            if outcome.changes:
                messages.warning(
                    request,
                    _("Somebody changed these rows meanwhile. This is what changes now."),
                )
            return self._previewed(sheet_file, file_name, imports())
        messages.success(request, _summary(outcome, file_name))
        tell_editions(request, outcome.editions)
        offer_undo(request, outcome.revision)
        return HttpResponseRedirect(self.done_url)

    def _salt(self, sheet_file: SheetFile) -> str:
        return f"directory.imports.spreadsheets:{sheet_file.name}:{self.request.user.pk}"


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

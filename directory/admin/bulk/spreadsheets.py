"""The page where a model's spreadsheets go out and come in: choose a file, see, confirm."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin.bulk.tools import ToolsMixin
from directory.imports.directory_sheets import WORKBOOK
from directory.imports.spreadsheets import files, importing
from directory.imports.spreadsheets.cells import tidy
from directory.imports.spreadsheets.documents import SheetDocument, WorkbookDocument
from directory.imports.spreadsheets.tables import LARGEST_FILE, MOST_ROWS, FileRefused, Problem

SHOWN_AT_MOST = 200
# What a browser sends back with the confirmation; Django takes 2.5 MB.
LARGEST_PAYLOAD = 2_000_000
CONFIRM_WITHIN = 60 * 60
LABELS = {"csv": "CSV", "xlsx": "Excel"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SpreadsheetsMixin(ToolsMixin):
    """Adds the page. `sheets` are the kinds of spreadsheet that belong to this model; the workbook
    with all stands below them.

    Between the preview and the confirmation the rows that change travel in the form, signed: no
    file is kept on the server, and what is confirmed is what was seen.
    """

    sheets = []

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("spreadsheets/", view(self.spreadsheets_view), name=self.url_name("spreadsheets")),
            path(
                "spreadsheets/<slug:sheet>.<slug:ending>",
                view(self.export_view),
                name=self.url_name("export"),
            ),
            path(
                "spreadsheets/<slug:sheet>/", view(self.import_view), name=self.url_name("import")
            ),
        ]
        return [*own, *super().get_urls()]

    def list_tools(self, request):
        tools = super().list_tools(request)
        if self.has_view_permission(request):
            address = reverse(f"admin:{self.url_name('spreadsheets')}")
            tools.append((address, _("Excel and CSV")))
        return tools

    def may_import(self, request, document):
        return document.may_import() and self.has_bulk_permission(request)

    # ---- Pages -------------------------------------------------------------------------------

    def spreadsheets_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def export_view(self, request, sheet, ending):
        if not self.has_view_permission(request):
            raise PermissionDenied
        document = self._document(request, sheet)
        if not document.may_export():
            raise PermissionDenied
        if ending not in document.endings:
            raise Http404
        disposition = f'attachment; filename="{document.file_name(ending)}"'
        return HttpResponse(
            document.write(ending),
            content_type=TYPES[ending],
            headers={"Content-Disposition": disposition},
        )

    def import_view(self, request, sheet):
        document = self._document(request, sheet)
        if not self.may_import(request, document):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse(f"admin:{self.url_name('spreadsheets')}"))
        if "confirmed" in request.POST:
            return self._confirmed(request, document)
        upload = request.FILES.get("file")
        if upload is None:
            return self._refused(request, document, "", _("Choose a file first."))
        file_name = tidy(upload.name)[:100]
        try:
            files.refuse_size(upload.size)
            parts = document.read(file_name, upload.read())
        except FileRefused as refusal:
            return self._refused(request, document, file_name, str(refusal))
        return self._previewed(request, document, parts, file_name)

    # ---- Steps -------------------------------------------------------------------------------

    def _previewed(self, request, document, parts, file_name, warning=""):
        outcome = importing.preview(parts)
        if outcome.problems:
            return self._page(request, document, file_name, outcome.problems)
        rows = {part.sheet.name: self._changing_rows(part) for part in parts}
        payload = self._sign(request, document, (file_name, rows, outcome.fingerprint))
        if len(payload) > LARGEST_PAYLOAD:
            text = _("The file holds too much text for one import. Split it into several.")
            return self._refused(request, document, file_name, text)
        if warning:
            self.message_user(request, warning, messages.WARNING)
        context = self.page_context(
            request,
            _("What changes with this file"),
            document=document,
            address=self._address(document),
            file_name=file_name,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_AT_MOST],
            not_shown=max(0, len(outcome.changes) - SHOWN_AT_MOST),
            effect=outcome.effect,
            payload=payload,
        )
        return TemplateResponse(request, "admin/bulk/import_preview.html", context)

    def _changing_rows(self, part):
        numbers = {change.number for change in part.sheet.changes}
        return [row for row in part.rows if row[0] in numbers]

    def _confirmed(self, request, document):
        try:
            payload = signing.loads(
                request.POST["confirmed"],
                salt=self._salt(request, document),
                max_age=CONFIRM_WITHIN,
            )
        except signing.BadSignature:
            text = _("The confirmation is no longer valid. Choose the file again.")
            return self._refused(request, document, "", text)
        file_name, rows, seen = payload
        parts = self._parts(document, rows)
        outcome = importing.bring_in(parts, request.user, file_name, seen)
        if outcome.problems:
            return self._page(request, document, file_name, outcome.problems)
        if outcome.is_stale:
            warning = _("Somebody changed these rows meanwhile. This is what changes now.")
            again = self._document(request, document.name)
            return self._previewed(request, again, self._parts(again, rows), file_name, warning)
        added = ngettext("%d new row", "%d new rows", outcome.added) % outcome.added
        changed = ngettext("%d changed row", "%d changed rows", outcome.changed) % outcome.changed
        told = _("“%(file)s” is imported: %(added)s, %(changed)s.")
        told %= {"file": file_name, "added": added, "changed": changed}
        if outcome.taken_away:
            told += f" {_taken_away(outcome.taken_away)}"
        self.message_user(request, told, messages.SUCCESS)
        self.tell_published(request, outcome.editions)
        return HttpResponseRedirect(reverse(f"admin:{self.url_name('changelist')}"))

    def _parts(self, document, rows):
        return [
            importing.Records(sheet, [(number, row) for number, row in rows[sheet.name]])
            for sheet in document.sheets
            if sheet.name in rows
        ]

    def _refused(self, request, document, file_name, reason):
        return self._page(request, document, file_name, [Problem(0, "", reason)])

    def _page(self, request, document=None, file_name="", problems=()):
        context = self.page_context(
            request,
            _("Excel and CSV"),
            documents=[
                {
                    "document": each,
                    "address": self._address(each),
                    "files": [
                        (LABELS[ending], self._address(each, ending)) for ending in each.endings
                    ],
                    "accepts": ".xlsx" if each.is_workbook else ".xlsx,.csv,.txt,.tsv",
                    "may_import": self.may_import(request, each),
                    "file_name": file_name if self._is(each, document) else "",
                    "problems": problems[:SHOWN_AT_MOST] if self._is(each, document) else (),
                    "more": max(0, len(problems) - SHOWN_AT_MOST),
                    "count": len(problems),
                }
                for each in self._documents(request)
                if each.may_export()
            ],
            megabytes=LARGEST_FILE // 1024 // 1024,
            most_rows=MOST_ROWS,
        )
        if problems:
            context["title"] = _("Nothing was imported")
        return TemplateResponse(request, "admin/bulk/spreadsheets.html", context)

    # ---- Help --------------------------------------------------------------------------------

    def _documents(self, request):
        def may(action, model):
            meta = model._meta
            return request.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

        return [
            *(SheetDocument(kind(may=may)) for kind in self.sheets),
            WorkbookDocument([kind(may=may) for kind in WORKBOOK]),
        ]

    def _document(self, request, name):
        for document in self._documents(request):
            if document.name == name:
                return document
        raise Http404

    def _is(self, one, other):
        return other is not None and one.name == other.name

    def _address(self, document, ending=""):
        if ending:
            return reverse(f"admin:{self.url_name('export')}", args=[document.name, ending])
        return reverse(f"admin:{self.url_name('import')}", args=[document.name])

    def _salt(self, request, document):
        return f"directory.imports.spreadsheets:{document.name}:{request.user.pk}"

    def _sign(self, request, document, payload):
        return signing.dumps(payload, salt=self._salt(request, document), compress=True)


def _taken_away(count):
    return (
        ngettext(
            "%d entry was taken away from a list.", "%d entries were taken away from lists.", count
        )
        % count
    )

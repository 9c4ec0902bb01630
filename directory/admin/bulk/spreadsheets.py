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
from directory.spreadsheets import csv_files, files, importing, xlsx_files
from directory.spreadsheets.cells import tidy
from directory.spreadsheets.tables import LARGEST_FILE, MOST_ROWS, FileRefused, Problem

SHOWN_AT_MOST = 200
# What a browser sends back with the confirmation; Django takes 2.5 MB.
LARGEST_PAYLOAD = 2_000_000
CONFIRM_WITHIN = 60 * 60
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SpreadsheetsMixin(ToolsMixin):
    """Adds the page. `sheets` are the kinds of spreadsheet that belong to this model.

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

    def may_import(self, request, sheet):
        return sheet.may("change", sheet._meta.model) and self.has_bulk_permission(request)

    # ---- Pages -------------------------------------------------------------------------------

    def spreadsheets_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def export_view(self, request, sheet, ending):
        if not self.has_view_permission(request):
            raise PermissionDenied
        sheet = self._sheet(request, sheet)
        headings, rows = sheet.headings(), sheet.texts()
        if ending == "csv":
            content = csv_files.write(headings, rows)
        elif ending == "xlsx":
            content = xlsx_files.write(sheet.title, headings, rows)
        else:
            raise Http404
        file_name = sheet.file_name(ending)
        disposition = {"Content-Disposition": f'attachment; filename="{file_name}"'}
        return HttpResponse(content, content_type=TYPES[ending], headers=disposition)

    def import_view(self, request, sheet):
        sheet = self._sheet(request, sheet)
        if not self.may_import(request, sheet):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse(f"admin:{self.url_name('spreadsheets')}"))
        if "confirmed" in request.POST:
            return self._confirmed(request, sheet)
        upload = request.FILES.get("file")
        if upload is None:
            return self._refused(request, sheet, "", _("Choose a file first."))
        file_name = tidy(upload.name)[:100]
        try:
            files.refuse_size(upload.size)
            table = files.read(file_name, upload.read())
            records = importing.match(sheet, table)
        except FileRefused as refusal:
            return self._refused(request, sheet, file_name, str(refusal))
        return self._previewed(request, sheet, records, file_name)

    # ---- Steps -------------------------------------------------------------------------------

    def _previewed(self, request, sheet, records, file_name, warning=""):
        outcome = importing.preview(sheet, records)
        if outcome.problems:
            return self._page(request, sheet, file_name, outcome.problems)
        numbers = {change.number for change in outcome.changes}
        rows = [row for row in records.rows if row[0] in numbers]
        payload = self._sign(request, sheet, (file_name, rows, outcome.fingerprint))
        if len(payload) > LARGEST_PAYLOAD:
            text = _("The file holds too much text for one import. Split it into several.")
            return self._refused(request, sheet, file_name, text)
        if warning:
            self.message_user(request, warning, messages.WARNING)
        context = self.page_context(
            request,
            _("What changes with this file"),
            sheet=sheet,
            address=self._address(sheet),
            file_name=file_name,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_AT_MOST],
            not_shown=max(0, len(outcome.changes) - SHOWN_AT_MOST),
            effect=outcome.effect,
            payload=payload,
        )
        return TemplateResponse(request, "admin/bulk/import_preview.html", context)

    def _confirmed(self, request, sheet):
        try:
            payload = signing.loads(
                request.POST["confirmed"], salt=self._salt(request, sheet), max_age=CONFIRM_WITHIN
            )
        except signing.BadSignature:
            text = _("The confirmation is no longer valid. Choose the file again.")
            return self._refused(request, sheet, "", text)
        file_name, rows, seen = payload
        records = importing.Records([(number, row) for number, row in rows])
        outcome = importing.bring_in(sheet, records, request.user, file_name, seen)
        if outcome.problems:
            return self._page(request, sheet, file_name, outcome.problems)
        if outcome.is_stale:
            warning = _("Somebody changed these rows meanwhile. This is what changes now.")
            again = self._sheet(request, sheet.name)
            return self._previewed(request, again, records, file_name, warning)
        added = ngettext("%d new row", "%d new rows", outcome.added) % outcome.added
        changed = ngettext("%d changed row", "%d changed rows", outcome.changed) % outcome.changed
        told = _("“%(file)s” is imported: %(added)s, %(changed)s.")
        told %= {"file": file_name, "added": added, "changed": changed}
        if outcome.taken_away:
            told += f" {_taken_away(outcome.taken_away)}"
        self.message_user(request, told, messages.SUCCESS)
        self.tell_published(request, outcome.editions)
        return HttpResponseRedirect(reverse(f"admin:{self.url_name('changelist')}"))

    def _refused(self, request, sheet, file_name, reason):
        return self._page(request, sheet, file_name, [Problem(0, "", reason)])

    def _page(self, request, sheet=None, file_name="", problems=()):
        context = self.page_context(
            request,
            _("Excel and CSV"),
            sheets=[
                {
                    "sheet": each,
                    "address": self._address(each),
                    "files": [
                        ("Excel", self._address(each, "xlsx")),
                        ("CSV", self._address(each, "csv")),
                    ],
                    "may_import": self.may_import(request, each),
                    "file_name": file_name if self._is(each, sheet) else "",
                    "problems": problems[:SHOWN_AT_MOST] if self._is(each, sheet) else (),
                    "more": max(0, len(problems) - SHOWN_AT_MOST),
                    "count": len(problems),
                }
                for each in (self._sheet(request, kind.name) for kind in self.sheets)
            ],
            megabytes=LARGEST_FILE // 1024 // 1024,
            most_rows=MOST_ROWS,
        )
        if problems:
            context["title"] = _("Nothing was imported")
        return TemplateResponse(request, "admin/bulk/spreadsheets.html", context)

    # ---- Help --------------------------------------------------------------------------------

    def _sheet(self, request, name):
        def may(action, model):
            meta = model._meta
            return request.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

        for kind in self.sheets:
            if kind.name == name:
                return kind(may=may)
        raise Http404

    def _is(self, one, other):
        return other is not None and one.name == other.name

    def _address(self, sheet, ending=""):
        if ending:
            return reverse(f"admin:{self.url_name('export')}", args=[sheet.name, ending])
        return reverse(f"admin:{self.url_name('import')}", args=[sheet.name])

    def _salt(self, request, sheet):
        return f"directory.spreadsheets:{sheet.name}:{request.user.pk}"

    def _sign(self, request, sheet, payload):
        return signing.dumps(payload, salt=self._salt(request, sheet), compress=True)


def _taken_away(count):
    return (
        ngettext(
            "%d entry was taken away from a list.", "%d entries were taken away from lists.", count
        )
        % count
    )

"""The pages of the back office that no link leads to: what is typed or pressed until they open.

Each function takes the desk of an administrator, whose session goes on from one to the next.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from directory.models import (
    ContactPoint,
    Edition,
    Proposal,
    Revision,
    Schedule,
    Service,
    Session,
)
from tests.factories import NoticeFactory

PASSWORD = "una clave larga"


def number():
    """The line that all five services give, whatever it is by now."""
    return ContactPoint.objects.get(code="linea-bogota")


def service(slug="clave-segura"):
    return Service.objects.get(slug=slug)


def visit(desk, name, *args, query=""):
    desk.page.goto(desk.site + reverse(name, args=args) + query)


def press(desk, selector):
    desk.go(desk.page.click, selector)


def see(desk):
    press(desk, "[name=_preview]")


def save(desk):
    press(desk, "[name=_save]")


def unfold(page):
    """Open all that is folded."""
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")


# ---- Forms ---------------------------------------------------------------------------------


def pop_up(desk):
    visit(desk, "admin:directory_contactpoint_change", number().pk, query="?_popup=1")


def new_in_a_pop_up(desk):
    visit(desk, "admin:directory_schedule_add", query="?_popup=1")


def errors(desk):
    desk.open("directory_contactpoint_add")
    see(desk)


def errors_of_a_service(desk):
    desk.open("directory_service_change", service().pk)
    desk.page.fill("#id_name", "")
    unfold(desk.page)
    desk.page.fill("#id_channels-0-contacts", "601")
    desk.page.fill("#id_levels-0-contacts", "601")
    see(desk)


def effect(desk):
    desk.open("directory_contactpoint_change", number().pk)
    desk.page.fill("#id_phone", "601 744 2728")
    see(desk)


def effect_of_a_new_channel(desk):
    desk.open("directory_service_change", service().pk)
    desk.page.click("#channels-group .add-row a")
    desk.page.fill("#id_channels-5-contacts", "nuevo@example.com")
    see(desk)


def conflict(desk):
    desk.open("directory_contactpoint_change", number().pk)
    ContactPoint.objects.filter(pk=number().pk).update(label="Línea de otra persona")
    desk.page.fill("#id_label", "Línea mía")
    see(desk)


def deleted_meanwhile(desk):
    gone = ContactPoint.objects.create(code="x", kind="email", label="X", email="x@example.com")
    desk.open("directory_contactpoint_change", gone.pk)
    gone.delete()
    desk.page.fill("#id_label", "Línea mía")
    see(desk)


def many_deleted(desk):
    desk.open("directory_channel_changelist")
    desk.page.click("#action-toggle")
    desk.page.select_option("select[name=action]", "delete_selected")
    press(desk, ".actions button[name=index]")


def typed_hours(desk):
    desk.open("directory_schedule_change", Schedule.objects.earliest("pk").pk)
    desk.page.fill("#id_hours_text", "L-V 8-12 y 14-18; S 9-13; festivos cerrado")
    see(desk)


def refused_hours(desk):
    desk.open("directory_schedule_add")
    desk.page.fill("#id_hours_text", "L-V 8 a 8")
    see(desk)


def exception(desk):
    desk.open("directory_scheduleexception_add")
    desk.page.fill("#id_reason", "Nochebuena")
    desk.page.fill("#id_first_day", "24/12/2026")
    desk.page.check("[name=effect][value=limited]")
    desk.page.fill("#id_closes_at_latest", "12:00")


def effect_of_an_exception(desk):
    exception(desk)
    see(desk)


# ---- Services ------------------------------------------------------------------------------


def draft(desk):
    desk.open("directory_service_copy", service().pk)
    desk.page.fill("#id_name", "Firma Móvil")
    press(desk, ".submit-row [type=submit]")


def incomplete_draft(desk):
    visit(desk, "admin:directory_service_add")
    desk.page.fill("#id_name", "Internet")
    press(desk, "[name=_review]")


def service_to_end(desk):
    desk.open("directory_service_end", service("certifactura").pk)
    see(desk)


def service_that_ended(desk):
    save(desk)


# ---- Many at once --------------------------------------------------------------------------


def replacement(desk):
    visit(desk, "admin:directory_contactpoint_replace", query=f"?ids={number().pk}")
    desk.choose(".select2-selection", "601 745 7495")
    see(desk)


def holidays(desk):
    ids = ",".join(str(pk) for pk in Schedule.objects.values_list("pk", flat=True))
    visit(desk, "admin:directory_schedule_holidays", query=f"?ids={ids}")


def effect_on_holidays(desk):
    holidays(desk)
    desk.page.select_option("[name=holidays]", "closed")
    see(desk)


def upload(desk, sheet, name, content):
    """Bring a file to the page of spreadsheets and see what changes."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    desk.page.set_input_files(f"#file-{sheet}", file)
    press(desk, f"form:has(#file-{sheet}) [type=submit]")


def spreadsheet(desk, new="601 744 2728"):
    desk.open("directory_contactpoint_spreadsheets")
    with desk.page.expect_download() as started:
        desk.page.click(".button >> text=CSV")
    text = started.value.path().read_text(encoding="utf-8-sig")
    upload(desk, "contact-points", "medios.csv", text.replace("601 744 2727", new).encode())


def wrong_spreadsheet(desk):
    spreadsheet(desk, "601 74")


def workbook(desk):
    visit(desk, "backoffice:workbook")
    with desk.page.expect_download() as started:
        desk.page.click(".steps .button >> nth=1")
    upload(desk, "workbook", "directorio.xlsx", started.value.path().read_bytes())


def no_workbook(desk):
    visit(desk, "backoffice:workbook")
    upload(desk, "workbook", "directorio.xlsx", b"nada")


# ---- Back ----------------------------------------------------------------------------------


def change(desk):
    effect(desk)
    save(desk)


def undo(desk):
    press(desk, ".messagelist a.undo")


def refused_undo(desk):
    desk.open("directory_contactpoint_change", number().pk)
    desk.page.fill("#id_phone", "601 744 2729")
    save(desk)
    ContactPoint.objects.filter(pk=number().pk).update(phone="+576017442730")
    undo(desk)


def restored_entry(desk):
    first = Revision.objects.earliest("pk")
    place = (first.pk, "directory", "contactpoint", number().pk)
    visit(desk, "admin:directory_revision_restore", *place)


def restored_edition(desk):
    first = Edition.objects.get(service=service(), number=1)
    visit(desk, "admin:directory_edition_restore", first.pk)


def effect_of_a_restored_edition(desk):
    restored_edition(desk)
    see(desk)


def start_page_with_a_notice(desk):
    NoticeFactory(severity="out_of_order")
    desk.open("index")


# ---- Proposals -----------------------------------------------------------------------------


def effect_of_a_proposal(desk):
    with override_settings(FOUR_EYES="risky"):
        effect(desk)


def own_proposal(desk):
    with override_settings(FOUR_EYES="risky"):
        save(desk)


def form_with_a_proposal(desk):
    desk.open("directory_contactpoint_change", number().pk)


def proposal_of_somebody_else(desk):
    proposal = Proposal.objects.get()
    # Who publishes has an address of his own.
    get_user_model().objects.filter(is_superuser=True).update(email="ana@example.com")
    proposal.made_by = get_user_model().objects.create_user("beto", is_staff=True)
    proposal.put_seal()
    proposal.save()
    desk.open("directory_proposal_change", proposal.pk)


def refusal_without_a_reason(desk):
    press(desk, "[name=_refuse]")


def published_proposal(desk):
    press(desk, "[name=_publish]")


def no_proposals(desk):
    desk.open("directory_proposal_changelist")


def what_is_risky(desk):
    desk.open("directory_contactpoint_change", number().pk)
    desk.page.fill("#id_phone", "01 900 123 4567")
    save(desk)


# ---- Withdrawing and erasing ---------------------------------------------------------------


def withdraw(desk):
    desk.open("directory_edition_change", Edition.objects.get(service=service(), number=1).pk)
    press(desk, ".object-tools button")


def withdraw_without_a_reason(desk):
    press(desk, ".submit-row [type=submit]")


def withdrawn(desk):
    desk.page.fill("#id_reason", "Lo pidió quien se nombra")
    press(desk, ".submit-row [type=submit]")


def show_again(desk):
    press(desk, ".messagelist a")


def erase(desk):
    edition = Edition.objects.exclude(withdrawn_at=None).get()
    visit(desk, "admin:directory_edition_erase", query=f"?ids={edition.pk}")


def read_what_was_withdrawn(desk):
    edition = Edition.objects.exclude(withdrawn_at=None).get()
    visit(desk, "admin:directory_edition_contents", edition.pk)


def everything(text):
    def found(desk):
        visit(desk, "backoffice:everything")
        desk.page.fill("[name=text]", text)
        desk.go(desk.page.press, "[name=text]", "Enter")

    return found


# ---- Search --------------------------------------------------------------------------------


def search(text):
    def opened(desk):
        visit(desk, "admin:search", query=f"?q={text}")

    return opened


# ---- People --------------------------------------------------------------------------------


def errors_of_an_invitation(desk):
    desk.open("auth_user_invite")
    desk.page.fill("#id_first_name", "Ana")
    desk.page.eval_on_selector("form:has(#id_first_name)", "form => form.noValidate = true")
    press(desk, "form:has(#id_first_name) [type=submit]")


def password(desk):
    ana = get_user_model().objects.get(username="ana")
    key = urlsafe_base64_encode(str(ana.pk).encode())
    visit(desk, "backoffice:password-set", key, default_token_generator.make_token(ana))


def used_link(desk):
    visit(desk, "backoffice:password-set", "MQ", "usado-antes")


def kept_sign_in(desk):
    desk.open("directory_service_change", service().pk)
    desk.page.fill("#id_introduction", "Lo que costó escribir")
    Session.objects.all().delete()
    see(desk)


def kept(desk):
    desk.page.fill("#id_username", "ana")
    desk.page.fill("#id_password", PASSWORD)
    desk.go(desk.page.press, "#id_password", "Enter")


def missing(desk):
    visit(desk, "admin:directory_service_change", 10**6)


def nowhere(desk):
    desk.page.goto(f"{desk.site}/admin/nada/")


def login(desk):
    desk.open("index")
    press(desk, "#logout-form button")
    desk.open("login")


def wrong_password(desk):
    desk.page.fill("#id_username", "beto")
    desk.page.fill("#id_password", "otra")
    desk.go(desk.page.press, "#id_password", "Enter")


def lockout(desk):
    for _try in range(20):
        if not desk.page.query_selector("#id_password"):
            return
        wrong_password(desk)


def forgotten(desk):
    visit(desk, "backoffice:password-forgotten")


def link_sent(desk):
    forgotten(desk)
    desk.page.fill("#id_email", "nadie@example.com")
    press(desk, "form:has(#id_email) [type=submit]")


# ---- Nothing yet ---------------------------------------------------------------------------


def first_steps(desk):
    call_command("flush", interactive=False, verbosity=0)
    get_user_model().objects.create_superuser("ana", password=PASSWORD)
    desk.open("login")
    kept(desk)


def empty_list(desk):
    desk.open("directory_service_changelist")


ORDINARY = (
    pop_up,
    new_in_a_pop_up,
    errors,
    errors_of_a_service,
    effect,
    effect_of_a_new_channel,
    conflict,
    deleted_meanwhile,
    many_deleted,
    typed_hours,
    refused_hours,
    exception,
    effect_of_an_exception,
)
WITH_MANY_ROWS = (
    draft,
    incomplete_draft,
    service_to_end,
    service_that_ended,
    replacement,
    holidays,
    effect_on_holidays,
    spreadsheet,
    wrong_spreadsheet,
    workbook,
    no_workbook,
)
BACK = (
    change,
    undo,
    refused_undo,
    restored_entry,
    restored_edition,
    effect_of_a_restored_edition,
    search("clave"),
    search("601+744+2727"),
    search("zqzqzq"),
    start_page_with_a_notice,
)
PEOPLE = (
    errors_of_an_invitation,
    missing,
    nowhere,
    kept_sign_in,
    kept,
    password,
    used_link,
    login,
    wrong_password,
    forgotten,
    link_sent,
    lockout,
    first_steps,
    empty_list,
)
PROPOSALS = (
    effect_of_a_proposal,
    own_proposal,
    form_with_a_proposal,
    proposal_of_somebody_else,
    refusal_without_a_reason,
    published_proposal,
    no_proposals,
    what_is_risky,
)
WITHDRAWN = (
    change,
    withdraw,
    withdraw_without_a_reason,
    withdrawn,
    show_again,
    erase,
    read_what_was_withdrawn,
    everything("601 744 2727"),
    everything("zqzqzq"),
)
PARTS = {
    "proposals": PROPOSALS,
    "withdrawn": WITHDRAWN,
    "forms": ORDINARY,
    "many": WITH_MANY_ROWS,
    "back": BACK,
    "people": PEOPLE,
}

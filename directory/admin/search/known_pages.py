"""The pages of the back office that the search finds besides the lists and forms of its models."""

from django.utils.translation import gettext_lazy as _

from directory.admin.search.pages import Page, named, register


def register_pages() -> None:
    """Have them found; called once, from `DirectoryConfig.ready`."""
    register(
        Page(
            _("Start page"),
            named("admin:index"),
            _("home, first steps, tasks, who answers now"),
        ),
        Page(
            _("What is coming"),
            named("backoffice:calendar"),
            _("calendar, agenda, public holidays, plans, dates, expiry"),
            "directory.view_service",
        ),
        Page(
            _("Settings of the organisation"),
            named("backoffice:settings"),
            _(
                "configuration, country, time zone, language, name, logo, colour, paper, mail, "
                "environment variables"
            ),
        ),
        Page(
            _("Announce a failure"),
            named("admin:directory_notice_subjects"),
            _("outage, out of order, maintenance"),
            "directory.add_notice",
        ),
        Page(
            _("The whole directory in one workbook"),
            named("backoffice:workbook"),
            _("import, Excel, spreadsheets, template, upload, export, download, copy"),
            "directory.view_service",
        ),
        Page(
            _("Find everything that says…"),
            named("backoffice:everything"),
            _("personal data, privacy, Ley 1581, GDPR, habeas data, erase, withdraw, name, number"),
            "directory.withdraw_edition",
        ),
        Page(
            _("Invite a colleague"),
            named("admin:auth_user_invite"),
            _("new user, new account, add a person"),
            "auth.add_user",
        ),
        Page(
            _("My account"),
            named("backoffice:account"),
            _("own data, name, e-mail, role, what I may do"),
        ),
        Page(
            _("Change your password"),
            named("admin:password_change"),
            _("own account, sign in, security"),
        ),
    )

"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.contrib import admin
from django.urls import path

from directory.admin import calendar, confirming, first_steps, organization_settings, own_account
from directory.admin.bulk import workbook
from directory.admin.second_factor import recovery, setting_up, sign_in
from directory.admin.sign_in import own_sessions, passwords
from directory.admin.withdrawn import occurrences

app_name = "backoffice"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("account/", admin.site.admin_view(own_account.show), name="account"),
    path("account/sessions/", own_sessions.sessions, name="sessions"),
    path("account/second-factor/", setting_up.overview, name="second-factors"),
    path("account/second-factor/app/", setting_up.new_app, name="app-new"),
    path("account/second-factor/app/remove/", setting_up.remove_app, name="app-remove"),
    path("account/second-factor/passkeys/", setting_up.new_passkey, name="passkey-new"),
    path(
        "account/second-factor/passkeys/<int:pk>/rename/",
        setting_up.rename_passkey,
        name="passkey-rename",
    ),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        setting_up.remove_passkey,
        name="passkey-remove",
    ),
    path("account/second-factor/codes/", setting_up.recovery_codes, name="recovery-codes"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("second-factor/", sign_in.second_factor, name="second-factor"),
    path("second-factor/passkey/", sign_in.passkey_sign_in, name="passkey-sign-in"),
    path("second-factor/passkey/options/", sign_in.passkey_options, name="passkey-options"),
    path("second-factor/lost/", recovery.lost, name="second-factor-lost"),
    path("second-factor/recover/<str:token>/", recovery.recover, name="second-factor-recover"),
    path("password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path(
        "password/<str:uidb64>/<str:token>/", passwords.SetPassword.as_view(), name="password-set"
    ),
    path("everything/", admin.site.admin_view(occurrences.show), name="everything"),
    path("settings/", organization_settings.show, name="settings"),
    path("first-steps/request-types/", first_steps.make_request_types, name="make-request-types"),
    path("first-steps/put-away/", first_steps.put_away, name="put-away-first-steps"),
    path("workbook/", workbook.workbook, name="workbook"),
    path(
        "workbook/directory.xlsx",
        workbook.workbook_download,
        {"is_empty": False},
        name="workbook-download",
    ),
    path(
        "workbook/template.xlsx",
        workbook.workbook_download,
        {"is_empty": True},
        name="workbook-template",
    ),
    path("services/<slug:slug>/preview/", calendar.preview, name="preview"),
]

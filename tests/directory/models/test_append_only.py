"""Attacks with SQL on tables to which rows are only added: the database refuses them."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from directory.editions import chain
from directory.editions.publish import publish
from directory.models import CurrentEdition, Edition, FormerSlug, Service, append_only
from tests.directory.withdrawals import withdraw_edition
from tests.factories import UserFactory
from tests.refusals import refused_by_the_database
from tests.tampering import execute, triggers_dropped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]

WITHDRAWN = (
    "withdrawn_at = published_at, withdrawn_by_id = published_by_id, withdrawn_reason = 'x', "
    "withdrawal_seal = 'x'"
)
SHOWN = "withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawn_reason = '', withdrawal_seal = ''"
EMPTIED = "document = '', nonce = '', search_text = ''"
# By the person who was made last.
ERASER = "(SELECT max(id) FROM auth_user)"
ERASED = f"{EMPTIED}, erased_at = published_at, erased_by_id = {ERASER}, erasure_seal = 'x'"
WHOLE_AGAIN = "erased_at = NULL, erased_by_id = NULL, erasure_seal = ''"


def change(values, number=2):
    sql = "UPDATE directory_edition SET {} WHERE number = %s"
    assert execute(sql.format(values), number) == 1


def rows():
    return list(Edition.objects.order_by("pk").values())


CHANGES = [
    "document = '{}'",
    "nonce = 'x'",
    "document_digest = 'x'",
    "digest = 'x'",
    "seal = 'x'",
    "identity = 'x'",
    "number = 7",
    "id = 7000",
    "published_at = '2020-01-01 00:00:00+00'",
    "published_by_id = NULL",
    "proposed_by_id = published_by_id",
    "service_id = service_id + 1",
    f"{WITHDRAWN}, document = '{{}}'",
    f"{WITHDRAWN}, digest = 'x'",
    f"{WITHDRAWN}, {ERASED}",
    f"{ERASED}",
    "search_text = 'x', document = '{}'",
]


@pytest.mark.parametrize("values", CHANGES)
def test_an_edition_is_not_changed(thrice, values):
    before = rows()
    with refused_by_the_database():
        change(values)
    assert rows() == before


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE directory_edition SET document = '{}'",
        "DELETE FROM directory_edition WHERE number = 2",
        "DELETE FROM directory_edition",
        "INSERT INTO directory_edition SELECT * FROM directory_edition WHERE number = 2 "
        "ON CONFLICT (id) DO UPDATE SET document = '{}'",
        "UPDATE directory_currentedition SET digest = 'x'",
        "UPDATE directory_currentedition SET number = 1",
        "DELETE FROM directory_currentedition",
    ],
)
def test_history_is_not_rewritten(thrice, attack):
    before = rows(), list(CurrentEdition.objects.values())
    with refused_by_the_database():
        execute(attack.replace("%", "%%"))
    assert (rows(), list(CurrentEdition.objects.values())) == before


INSTEAD = "INSERT {} INTO directory_edition ({{names}}) SELECT {{values}} FROM directory_edition"
REPLACING = {
    "sqlite": [
        f"{INSTEAD.format('OR REPLACE')} WHERE number = 2",
        f"{INSTEAD.format('')} WHERE number = 2 ON CONFLICT DO UPDATE SET document = '{{{{}}}}'",
        "UPDATE OR REPLACE directory_edition SET number = 2 WHERE number = 3",
        "UPDATE OR IGNORE directory_edition SET document = '{{}}' WHERE number = 2",
    ],
    "postgresql": [
        f"{INSTEAD.format('')} WHERE number = 2 ON CONFLICT ({{key}}) DO UPDATE SET document = ''",
    ],
}


@pytest.mark.parametrize("attack", REPLACING[connection.vendor])
@pytest.mark.parametrize("key", ["id", "service_id", "digest"])
def test_no_row_takes_the_place_of_another(thrice, attack, key):
    """By whatever it has in common with it: its key, its number in the service, its digest."""
    names = [field.column for field in Edition._meta.local_fields]
    other = {"id": "id + 100", "number": "number + 100", "digest": "'other'", "document": "'{}'"}
    kept = {"id": ["id"], "service_id": ["number"], "digest": ["digest"]}[key]
    values = [name if name in kept else other.get(name, name) for name in names]
    before = rows()
    with refused_by_the_database():
        named = {"names": ", ".join(names), "values": ", ".join(values)}
        execute(attack.format(key={"service_id": "service_id, number"}.get(key, key), **named))
    assert rows() == before


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "attack",
    [
        "TRUNCATE directory_edition CASCADE",
        "TRUNCATE directory_currentedition",
        "TRUNCATE directory_service CASCADE",
        "SET LOCAL session_replication_role = replica; DELETE FROM directory_edition",
    ],
)
def test_postgresql_empties_no_table_of_them(thrice, attack):
    before = rows()
    with refused_by_the_database():
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute(attack)
    assert rows() == before


def test_an_edition_is_withdrawn_shown_again_and_erased_once(thrice):
    UserFactory()
    change("search_text = ''")
    change(WITHDRAWN)
    with refused_by_the_database():
        change("withdrawn_reason = 'y'")
    with refused_by_the_database():
        change(EMPTIED)
    change(SHOWN)
    change(WITHDRAWN)
    with refused_by_the_database():
        change(f"{ERASED}, digest = 'x'")
    change(ERASED)
    for attack in (SHOWN, WHOLE_AGAIN, "document = '{}'", "search_text = 'x'", "nonce = 'x'"):
        with refused_by_the_database():
            change(attack)
    with refused_by_the_database():
        change(f"{WHOLE_AGAIN}, document = '{{}}', nonce = 'x'")


def test_search_text_is_written_anew(thrice):
    change("search_text = 'otra'")
    assert Edition.objects.get(number=2).search_text == "otra"


def test_the_record_of_the_newest_edition_only_goes_on(thrice):
    execute("UPDATE directory_currentedition SET number = 4, digest = 'x'")
    with refused_by_the_database():
        execute("UPDATE directory_currentedition SET number = 3")


def test_what_the_application_does_is_no_attack(thrice):
    """It renames and moves, publishes, withdraws, indexes anew."""
    FormerSlug.objects.create(service=thrice, slug="antes")
    Service.objects.filter(pk=thrice.pk).update(name="Otro", slug="otro", owner=UserFactory())
    assert [edition.number for edition in publish(Service.objects.all())] == [4]
    assert withdraw_edition(thrice, 2) == 1
    call_command("publish", verbosity=0)


def test_missing_triggers_are_known(thrice):
    assert append_only.missing(connection) == []
    with triggers_dropped():
        assert "directory_edition_append_only" in "".join(append_only.missing(connection))
    assert append_only.missing(connection) == []


def test_triggers_come_back_with_the_next_migration(thrice):
    """SQLite rebuilds tables without them, and somebody may have dropped them."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    append_only.remove(apps, connection.schema_editor())
    append_only.renew(using="default")
    assert append_only.missing(connection) == []
    with refused_by_the_database():
        change("document = '{}'")


def test_every_field_of_an_edition_is_guarded():
    """One that is added later too: all but what an act may change."""
    acts = dict(append_only.TABLES)["edition"]
    free = {name for act in acts for name in act.fields}
    assert {field.name for field in Edition._meta.local_fields} - free == {
        "id",
        "service",
        "number",
        "document_digest",
        "digest",
        "identity",
        "published_at",
        "published_by",
        "proposed_by",
        "seal",
    }


def test_seals_are_no_names(thrice):
    """Nobody makes one by knowing another: each is of one act."""
    edition = Edition.objects.get(number=2)
    assert not chain.is_signed(edition.seal, chain.CURRENT, edition.digest)

"""What `config/deploy` says is what the application does: ports, paths, limits, commands."""

import re
import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from config import gunicorn
from config.body_limits import OF_PUBLIC_FORM
from config.deploy.scheduler import COPY, JOBS, due_between
from config.slow_clients import BODY_SECONDS, HEADER_SECONDS
from directory.imports.spreadsheets.files import LARGEST_FILE
from tests.deployment import DEPLOY, PATHS, free_port, nginx_configuration, program, template
from tests.environment import ROOT

UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
VARIABLES = set(
    re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
)
# What others read: Debian's tools, the images, and the shell of the instructions.
OF_OTHERS = {
    *("SERVER_NAME", "APPLICATION", "HTTP_PORT", "HTTPS_PORT", "OWNER", "FILE", "ENV_FILE"),
    *("DATABASE_PASSWORD", "DATABASE_OWNER_PASSWORD", "DATABASE_ADMINISTRATOR_PASSWORD"),
    *("POSTGRES_PASSWORD", "OWNER_PASSWORD", "PASSWORD"),
    *("PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "MALLOC_ARENA_MAX"),
    *("PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"),
    *("DISABLE_SERVER_SIDE_CURSORS", "RENEWED_LINEAGE"),
}


def seconds(name):
    """A time limit of the site, in seconds; the longest, where it stands more than once."""
    return max(int(each) for each in re.findall(rf"^\s+{name} (\d+)s;", template(), re.MULTILINE))


def location(path):
    """What stands in the block of a location."""
    start = template().index(f"location {path} {{")
    return template()[start : template().index("\n    }", start)]


def size(text):
    return int(text[:-1]) * {"k": 1024, "m": 1024**2}[text[-1].lower()]


# ---- nginx ------------------------------------------------------------------------------------


@pytest.mark.deployment
def test_nginx_understands_the_site(tmp_path):
    start = nginx_configuration(tmp_path, "127.0.0.1:8000", free_port(), free_port())
    tried = subprocess.run(
        [program("nginx"), "-t", "-c", str(start), "-p", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    # What newer versions call deprecated is not wrong.
    warnings = [line for line in tried.stderr.splitlines() if "[warn]" in line]
    assert [line for line in warnings if "deprecated" not in line] == []


def test_bodies_that_the_application_takes_reach_it():
    everywhere, staff = re.findall(r"client_max_body_size (\w+);", template())
    assert size(everywhere) > 2 * OF_PUBLIC_FORM
    assert LARGEST_FILE + 64 * 1024 < size(staff) < 2 * LARGEST_FILE
    assert f"client_max_body_size {staff}" in location("^~ /admin/")


def test_headers_that_reach_the_application_are_within_its_limits():
    count, most = re.search(r"large_client_header_buffers (\d+) (\w+);", template()).groups()
    assert size(most) - len("\r\n") == gunicorn.limit_request_line
    assert size(most) - len("\r\n") == gunicorn.limit_request_field_size
    assert int(count) == 4


def test_time_limits_fit():
    assert seconds("client_header_timeout") == HEADER_SECONDS
    assert seconds("client_body_timeout") < BODY_SECONDS
    assert seconds("proxy_read_timeout") <= gunicorn.timeout
    upstream = re.search(
        r"upstream application \{.*?keepalive_timeout (\d+)s", template(), re.DOTALL
    )
    assert int(upstream[1]) < gunicorn.keepalive


def test_headers_of_clients_that_the_application_believes_are_set_by_nginx():
    sent = dict(re.findall(r"proxy_set_header ([\w-]+) (.+);", template()))
    assert sent["X-Forwarded-Proto"] == "$scheme"
    assert sent["X-Forwarded-For"] == "$remote_addr"
    assert sent["Host"] == "$http_host"
    assert sent["X-Request-ID"] == '""'
    # One in a location would take the place of all of these.
    assert all(line.startswith("    proxy_set") for line in lines_with("proxy_set_header"))


def lines_with(word):
    return [line for line in template().splitlines() if word in line and "#" not in line]


def test_nothing_of_the_back_office_or_with_a_session_is_kept():
    for path in ("^~ /admin/", "= /admin/login/", "= /readyz", "= /metrics", "~ /(avisar|seguir)/"):
        assert "proxy_cache" not in location(path)
    (kept_not,) = lines_with("proxy_no_cache")
    (not_from,) = lines_with("proxy_cache_bypass")
    for line in (kept_not, not_from):
        assert f"$cookie_{settings.SESSION_COOKIE_NAME}" in line
    assert {"$not_public", "$depends_on_cookies"} < set(re.findall(r"\$\w+", kept_not))
    assert "Set-Cookie" not in template()


def test_what_is_published_is_shown_within_a_second():
    assert re.findall(r"proxy_cache_valid .* (\w+);", template()) == ["1s"]
    assert "updating" not in template()
    assert "background" not in template()


def test_probes_are_answered_to_whom_they_concern():
    for path in ("= /readyz", "= /metrics"):
        assert re.findall(r"^\s+(allow|deny) (\S+);$", location(path), re.MULTILINE) == [
            ("allow", "127.0.0.1"),
            ("allow", "::1"),
            ("deny", "all"),
        ]


def test_the_copy_is_served_with_the_policy_of_the_live_site():
    policy = re.search(r'Content-Security-Policy "([^"]+)"', location("@copy"))[1]
    served = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert served.pop("frame-ancestors") == "$embedded_by"
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert served == {
        name: " ".join(sources) for name, sources in directives.items() if name != "frame-ancestors"
    }


def test_static_files_lie_where_the_instructions_collect_them():
    assert "root /var/lib/support-directory;" in location("^~ /static/")
    assert f"/{settings.STATIC_URL.strip('/')}/" == "/static/"
    assert "STATIC_ROOT=/var/lib/support-directory/static\n" in README


def test_the_copy_lies_where_it_is_made():
    assert f"root {COPY};" in location("@copy")


# ---- The clock --------------------------------------------------------------------------------


def test_jobs_are_commands():
    assert {job.command[0] for job in JOBS} <= set(get_commands())


def test_each_job_has_a_timer_at_its_time():
    for job in JOBS:
        timer = DEPLOY / "systemd" / f"support-directory-job@{job.command[0]}.timer"
        when = re.search(r"^OnCalendar=(.+)$", timer.read_text(), re.MULTILINE)[1]
        if job.at:
            assert when == f"*-*-* {job.at[0]:02}:{job.at[1]:02}:00 UTC"
        else:
            assert when == f"*:0/{job.minutes}"
    timers = [unit for unit in UNITS if unit.suffix == ".timer" and "@" in unit.name]
    assert len(timers) == len(JOBS)


def test_jobs_are_due_once_a_day_or_every_some_minutes(monkeypatch):
    monkeypatch.delenv("CHECKPOINT_KEY_FILE", raising=False)
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    day = [midnight + timedelta(minutes=minute) for minute in range(24 * 60 + 1)]
    due = [job.command[0] for pair in pairwise(day) for job in due_between(*pair)]
    assert {name: due.count(name) for name in due} == {
        "export_site": 144,
        "settle_replacements": 1,
        "check_directory": 1,
        "send_review_reminders": 1,
    }
    monkeypatch.setenv("CHECKPOINT_KEY_FILE", "/etc/support-directory/keys/checkpoint.pem")
    assert "sign_checkpoint" in [job.command[0] for job in due_between(day[0], day[-1])]


def test_a_job_that_took_long_does_not_swallow_the_next():
    began, ended = datetime(2026, 12, 1, 5, 4, tzinfo=UTC), datetime(2026, 12, 1, 5, 31, tzinfo=UTC)
    assert [job.command[0] for job in due_between(began, ended)] == [
        "export_site",
        "settle_replacements",
    ]


# ---- systemd ----------------------------------------------------------------------------------


@pytest.fixture
def units(tmp_path):
    """The units, with programs that this machine has."""
    for unit in UNITS:
        text = unit.read_text().replace("/opt/support-directory/current", str(ROOT))
        text = re.sub(r"(?<==)\S+/\.venv/bin/\w+", "/bin/true", text)
        (tmp_path / unit.name).write_text(text)
    return tmp_path


@pytest.mark.deployment
def test_systemd_understands_the_units(units):
    tried = subprocess.run(
        [program("systemd-analyze"), "verify", *map(str, sorted(units.iterdir()))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    named = [line for line in tried.stderr.splitlines() if "support-directory" in line]
    assert (tried.returncode, named) == (0, [])


@pytest.mark.deployment
@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=str)
def test_services_are_exposed_to_little(unit):
    tried = subprocess.run(
        [program("systemd-analyze"), "security", "--offline=true", "--threshold=15", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert tried.returncode == 0, tried.stdout[-300:]


def test_nginx_speaks_to_the_socket_of_systemd():
    socket_unit = (DEPLOY / "systemd" / "support-directory.socket").read_text()
    path = re.search(r"^ListenStream=(.+)$", socket_unit, re.MULTILINE)[1]
    assert f"APPLICATION=unix:{path} " in README


# ---- Containers -------------------------------------------------------------------------------


def test_only_the_proxy_has_ports():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("name", SERVICES)
def test_containers_are_hardened(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["restart"].startswith(("unless-stopped", "on-failure"))
    of_image = service["image"] == "support-directory"
    assert of_image or service["user"].split(":")[0].isdecimal()


def test_the_application_does_not_know_the_password_of_the_owner():
    knowing = [
        name for name, service in SERVICES.items() if "OWNER" in str(service.get("environment"))
    ]
    assert knowing == ["migrate", "backup", "database"]


def test_what_a_container_waits_for_tells_that_it_is_there():
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                tells = "test" in SERVICES[other].get("healthcheck", {})
                assert tells or SERVICES[other]["image"] == "support-directory"


def test_the_image_listens_where_the_proxy_asks():
    bind = re.search(r"GUNICORN_BIND=\S+:(\d+)", DOCKERFILE)[1]
    assert SERVICES["proxy"]["environment"]["APPLICATION"] == f"application:{bind}"
    assert f"EXPOSE {bind}" in DOCKERFILE
    assert f"http://127.0.0.1:{bind}/healthz" in DOCKERFILE


def test_the_image_has_what_is_there_and_runs_as_nobody_special():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    assert {name for names in copied for name in names.split()} == {
        line[1:] for line in ignored if line.startswith("!")
    }


# ---- Instructions -----------------------------------------------------------------------------


def test_variables_that_are_named_are_there():
    named = {
        *re.findall(r"^(?:ENV )?\s*([A-Z_]{4,})=", README, re.MULTILINE),
        *re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b", README),
        *re.findall(r"\b([A-Z_]{4,})=", DOCKERFILE),
        *(key for service in SERVICES.values() for key in service.get("environment", {})),
    }
    known = {name for name in named if name.startswith(("ORGANIZATION_", "CERT"))}
    assert named - VARIABLES - OF_OTHERS - known == set()
    assert set(PATHS) >= {"/var/lib/support-directory", "/etc/support-directory/tls"}


def test_commands_that_are_named_are_there():
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)).replace("\\\n", " ")
    named = {
        words[words[0] == "--owner"]
        for line in shell.splitlines()
        if (found := re.search(r"(?:^|\s)(?:support-directory|manage\.py) (?=[a-z-])(.+)", line))
        if "install" not in line and "chown" not in line and "useradd" not in line
        if (words := shlex.split(found[1].rstrip(")"), comments=True))
    }
    named = {name for name in named if re.fullmatch(r"[a-z_]+", name)}
    assert named >= {"migrate", "initialize", "copy_database", "verify_editions", "collectstatic"}
    assert named <= set(get_commands())

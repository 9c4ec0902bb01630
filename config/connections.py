"""How the databases are connected to, and for how many processes there are connections."""

from typing import Any

# Each thread keeps one. PostgreSQL takes 100 unless it is told otherwise, three of them for its
# administrator; seven are left for commands, cron and who looks.
CONNECTIONS = 90


def database(chosen: dict[str, Any], kept_seconds: int) -> dict[str, Any]:
    """The settings of the database that an address names; each connection is kept for so long."""
    name = chosen["ENGINE"].rpartition(".")[2]
    # To open a connection costs more than most of what is asked over it, also that to a file.
    settings = {**chosen, "CONN_MAX_AGE": kept_seconds, "ENGINE": f"config.databases.{name}"}
    if name == "sqlite3":
        # Django's own default: what runs tests in parallel looks at the name of the ENGINE.
        settings["TEST"] = {"NAME": ":memory:"}
        settings["OPTIONS"] = {
            # A writer takes its lock at the start and waits for others, so none fails half-way
            # through; WAL lets readers go on meanwhile (https://sqlite.org/wal.html).
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return settings
    settings["CONN_HEALTH_CHECKS"] = True
    # Who is not there any more is noticed, in seconds and milliseconds; DATABASE_URL may say
    # otherwise (https://www.postgresql.org/docs/current/libpq-connect.html).
    settings["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        **chosen.get("OPTIONS", {}),
    }
    return settings


def processes(wanted: int | None, cores: int, threads: int) -> int:
    """How many processes serve, each with so many threads: as many as are wanted, else two a core
    and one, as far as PostgreSQL has connections for them (CONNECTIONS)."""
    return wanted or min(cores * 2 + 1, max(1, CONNECTIONS // threads))

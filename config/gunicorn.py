"""Gunicorn's configuration: `gunicorn -c config/gunicorn.py config.wsgi`."""

import multiprocessing
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from config import environment
from config.logs import without_tokens

env = environment.load(Path(__file__).resolve().parent.parent)
bind = env.str("GUNICORN_BIND", "127.0.0.1:8000")
workers = env.int("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1)
threads = env.int("GUNICORN_THREADS", 4)
timeout = 60
# Workers start with the application loaded, so a broken configuration stops the start.
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-"


class logger_class(Logger):
    """Gunicorn's; requests are logged without the tokens of links in mails."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        """What a line of the log is made of."""
        atoms = super().atoms(*args).items()
        return {
            name: without_tokens(each) if isinstance(each, str) else each for name, each in atoms
        }

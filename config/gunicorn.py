"""Gunicorn's configuration: `gunicorn -c config/gunicorn.py config.wsgi`."""

import multiprocessing
from pathlib import Path

from config import environment

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

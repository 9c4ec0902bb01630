"""Gunicorn's configuration: `gunicorn -c config/gunicorn.py config.wsgi`."""

import multiprocessing
import os

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1))
threads = int(os.environ.get("GUNICORN_THREADS", 4))
timeout = 60
# Workers start with the application loaded, so a broken configuration stops the start.
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-"

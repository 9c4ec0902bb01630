"""Who says nothing, or a byte at a time, keeps no thread."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from gunicorn.http.errors import NoMoreData

from config import slow_clients
from config.slow_clients import Hurried
from tests.environment import ROOT, environment_with

ADDRESS = "127.0.0.1"


@pytest.fixture
def pair():
    """A connection of the server, and the client's end of it."""
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_what_comes_in_time_is_read(pair):
    here, there = pair
    connection = Hurried(here)
    there.send(b"ab")
    assert connection.recv(10) == b"ab"
    connection.hurry_body()
    there.send(b"cd")
    assert connection.recv(10) == b"cd"
    assert here.gettimeout() is None


def test_headers_that_dribble_in_are_answered_and_not_waited_for(pair, monkeypatch):
    here, there = pair
    monkeypatch.setattr(slow_clients, "HEADER_SECONDS", 0)
    there.send(b"GET")
    with pytest.raises(NoMoreData):
        Hurried(here).recv(10)
    assert there.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_dribbles_in_is_not_waited_for(pair, monkeypatch):
    here, there = pair
    monkeypatch.setattr(slow_clients, "BODY_SECONDS", 0)
    connection = Hurried(here)
    connection.hurry_body()
    there.send(b"c")
    with pytest.raises(TimeoutError):
        connection.recv(10)


def test_fifty_silent_connections_keep_nobody_else_waiting(tmp_path):
    """One process with two threads answers a hundred requests; gunicorn's own worker would give
    each silent connection five seconds of a thread."""
    with socket.create_server((ADDRESS, 0)) as listening:
        port = listening.getsockname()[1]
        gunicorn = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            cwd=ROOT,
            env=environment_with(
                GUNICORN_BIND=f"fd://{listening.fileno()}",
                WEB_CONCURRENCY="1",
                GUNICORN_THREADS="2",
                DATABASE_URL=f"sqlite:///{tmp_path / 'none.sqlite3'}",
            ),
            pass_fds=[listening.fileno()],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    silent = []
    try:
        for _ in range(50):
            silent.append(socket.create_connection((ADDRESS, port), timeout=60))
        for _ in range(100):
            with socket.create_connection((ADDRESS, port), timeout=20) as speaking:
                speaking.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert speaking.recv(100).startswith(b"HTTP/1.1 200 ")
    finally:
        for each in silent:
            each.close()
        os.killpg(gunicorn.pid, signal.SIGKILL)
        gunicorn.wait()


def test_a_body_that_stops_is_not_waited_for(pair, monkeypatch):
    here, _there = pair
    connection = Hurried(here)
    connection.hurry_body()
    monkeypatch.setattr(slow_clients, "PIECE_SECONDS", 0.01)
    with pytest.raises(TimeoutError):
        connection.recv(10)

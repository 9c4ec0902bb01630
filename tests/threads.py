"""Several at once, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def in_threads(*works):
    """Run every one of `works` in a thread of its own; return their results in order."""

    def run(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))

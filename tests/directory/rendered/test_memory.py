"""What a process keeps is bounded, whoever asks for what."""

from dataclasses import dataclass

from directory.rendered.memory import Memory
from tests.directory.pages import published
from tests.directory.rendered.asking import Server
from tests.threads import in_threads


@dataclass
class Thing:
    size: int


def test_what_was_asked_for_longest_ago_goes_first():
    memory = Memory(40)
    for name in "abcd":
        memory.put(name, Thing(10))
    memory.get("a")
    memory.put("e", Thing(10))
    assert [bool(memory.get(name)) for name in "abcde"] == [True, False, True, True, True]
    assert memory.size == 40


def test_a_newer_one_takes_the_place_and_the_room_of_the_one_before():
    memory = Memory(40)
    for size in (10, 3, 7):
        memory.put("a", Thing(size))
    assert (memory.size, len(memory), memory.get("a").size) == (7, 1, 7)


def test_what_is_too_large_is_not_kept_and_what_it_replaces_neither():
    memory = Memory(40)
    memory.put("a", Thing(10))
    memory.put("a", Thing(11))
    assert (memory.size, memory.get("a")) == (0, None)


def test_several_threads_count_the_same_bytes():
    memory = Memory(1000)

    def work(start):
        def run():
            for number in range(start, start + 2000):
                memory.put(number % 37, Thing(1 + number % 90))
                memory.get(number % 11)

        return run

    in_threads(*(work(start) for start in range(4)))
    kept = [memory.get(key) for key in range(37)]
    assert memory.size == sum(each.size for each in kept if each) <= 1000


def test_many_variants_take_no_more_than_they_may(desk):
    for number in range(12):
        published(slug=f"otro-{number}")
    server = Server(megabytes=1)
    memory = server.serving.memory
    memory.limit = 300_000
    for number in range(12):
        for start in ("", "/en", "/pt"):
            server.get(f"{start}/servicios/otro-{number}/")
            server.get(f"{start}/servicios/otro-{number}/?request_type=x{number}")
            server.get(f"{start}/?page={number + 2}")
    assert 0 < memory.size <= 300_000
    assert len(memory) < 36


def test_without_room_nothing_is_kept(desk):
    server = Server(megabytes=0)
    given = [server.get("/servicios/mesa/").status for _ in range(2)]
    assert (given, len(server.renders), len(server.serving.memory)) == ([200, 200], 2, 0)

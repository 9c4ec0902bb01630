"""What was published at once: thousands of editions, of which little is asked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from directory.models import Edition

AT_ONCE = 500


class NewEditions(Sequence[Edition]):
    """Editions in the order in which they were published. Only their keys are kept: whoever asks
    for one reads it then, without its document and with its service."""

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self.keys = list(keys)

    @property
    def services(self) -> set[int]:
        """The keys of the services that they are of."""
        return {key for (key,) in self.values("service")}

    def values(self, *names: str) -> Iterator[tuple]:
        """These fields of each."""
        for keys in self._portions():
            yield from Edition.objects.order_by().filter(pk__in=keys).values_list(*names)

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Edition: ...

    @overload
    def __getitem__(self, index: slice) -> "NewEditions": ...

    def __getitem__(self, index: int | slice) -> "Edition | NewEditions":
        if isinstance(index, slice):
            return NewEditions(self.keys[index])
        return _read([self.keys[index]])[0]

    def __iter__(self) -> Iterator[Edition]:
        for keys in self._portions():
            yield from _read(keys)

    def __add__(self, others: "NewEditions") -> "NewEditions":
        return NewEditions([*self.keys, *others.keys])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # as that of a list

    def _portions(self) -> Iterator[list[int]]:
        for begin in range(0, len(self.keys), AT_ONCE):
            yield self.keys[begin : begin + AT_ONCE]


def _read(keys: list[int]) -> list[Edition]:
    light = Edition.objects.defer("document", "search_text").select_related("service")
    found = light.in_bulk(keys)
    return [found[key] for key in keys]

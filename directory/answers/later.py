"""What is made only where somebody asks for it."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

Source = TypeVar("Source")
Item = TypeVar("Item")


class Later(Sequence[Item], Generic[Source, Item]):
    """What `make` makes of each of these, once, when it is asked for."""

    def __init__(self, sources: Sequence[Source], make: Callable[[Source], Item]) -> None:
        self.sources = sources
        self.make = make
        self.made: dict[int, Item] = {}

    def __len__(self) -> int:
        return len(self.sources)

    def __getitem__(self, index: Any) -> Any:
        number = range(len(self.sources))[index]
        if isinstance(number, range):
            return tuple(self[each] for each in number)
        if number not in self.made:
            self.made[number] = self.make(self.sources[number])
        return self.made[number]

"""The ladder of escalation as a whole: what its levels share."""

from directory.answers.standing_in import StandInKind
from directory.answers.structures import Directory, LevelAnswer


def levels_without_hours(directory: Directory) -> tuple[LevelAnswer, ...]:
    """The first who answers on each level of which no hours are stated, where there are several:
    it is said once of all of them. Levels on which nobody is, or that say hours of somebody, are
    none of these."""
    by_level: dict[int, list[LevelAnswer]] = {}
    for level in directory.escalation.levels:
        by_level.setdefault(level.level, []).append(level)
    found = tuple(
        answering[0]
        for answering in by_level.values()
        if all(each.hours is None and not _is_nobody(each) for each in answering)
    )
    return found if len(found) > 1 else ()


def _is_nobody(level: LevelAnswer) -> bool:
    return level.standing_in is not None and level.standing_in.kind is StandInKind.NOBODY

"""What a search shows."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing that was found: where it is edited, read and has its history; empty addresses lead
    nowhere. `is_exact`: it is called, or has the number, exactly as was typed."""

    title: str
    url: str
    details: list[str | SafeString] = field(default_factory=list)
    public_url: str = ""
    history_url: str = ""
    is_exact: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    """Results of one kind. `all_url` leads to the list of all of them, where there are more.
    `opens`: one that is the only result is opened instead of being shown."""

    title: str
    results: list[Result]
    all_url: str = ""
    opens: bool = True

"""What a file must be that a press has saved."""

import json
from collections.abc import Callable
from pathlib import Path

_MUST_BE: dict[str, Callable[[bytes], bool]] = {
    ".csv": lambda content: b"," in content.splitlines()[0],
    ".ics": lambda content: content.startswith(b"BEGIN:VCALENDAR"),
    ".json": lambda content: isinstance(json.loads(content), dict | list),
    ".png": lambda content: content.startswith(b"\x89PNG"),
    ".pdf": lambda content: content.startswith(b"%PDF"),
}
"""By the end of its name, what a file must be."""


def file_faults(name: str, content: bytes) -> list[str]:
    is_right = _MUST_BE.get(Path(name).suffix)
    if is_right is None:
        return [f"a file of no known kind: {name}"]
    return [] if content and is_right(content) else [f"{name} is no such file: {content[:40]!r}"]

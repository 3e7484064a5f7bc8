from datetime import datetime
from zoneinfo import ZoneInfo

from services.core.dates import session_text
from services.core.errors import Conflict, NotFound
from services.core.studio import Studio
from services.repeats.types import Occurrence


class NotRepeated(NotFound):
    code = "not_repeated"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is not part of a series.")


class RepeatTaken(Conflict):
    """Some of the dates are not free; nothing was booked."""

    code = "repeat_taken"

    def __init__(self, taken: list[Occurrence], studio: Studio) -> None:
        first = session_text(taken[0].start, taken[0].end, studio)
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        super().__init__(
            f"Not free: {first}{more}. Leave them out, or choose another time.",
            field="chosen",
            details={"conflicts": [_plain(one, studio.zone) for one in taken]},
        )


def _plain(one: Occurrence, zone: ZoneInfo) -> dict[str, object]:
    def iso(at: datetime) -> str:
        return at.astimezone(zone).isoformat()

    return {
        "start": iso(one.start),
        "end": iso(one.end),
        "reasons": [{"code": reason.code, "message": reason.message} for reason in one.answer.reasons],
    }

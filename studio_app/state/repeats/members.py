"""The sessions that were repeated together, as one of them shows them."""

from dataclasses import dataclass

from services.core import dates as when
from services.core.dates import full_day_text
from services.core.studio import Studio
from services.repeats import Series
from studio_app import routes


@dataclass(frozen=True)
class MemberShown:
    number: str
    href: str
    day: str
    time: str
    status: str
    is_this: bool


def members_shown(series: Series | None, number: str, studio: Studio) -> list[MemberShown]:
    return [
        MemberShown(
            number=one.number,
            href=routes.booking(one.number),
            day=full_day_text(one.start.astimezone(studio.zone).date(), studio),
            time=when.span_text(one.start, one.end, studio),
            status=one.status,
            is_this=one.number == number,
        )
        for one in (series.members if series else ())
    ]

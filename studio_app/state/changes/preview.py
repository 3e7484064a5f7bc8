"""What a change would mean, in the words of a dialog."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from services.changes import Preview, Recipient
from services.core import dates as when
from services.core.studio import Studio
from studio_app.state.calendar.presenter import length_text
from studio_app.state.changes.differences import Difference, differences
from studio_app.state.changes.history import difference_text
from studio_app.state.presenter import cents_text


@dataclass(frozen=True)
class PreviewShown:
    number: str = ""
    when: str = ""
    """As it is."""
    is_bookable: bool = False
    differences: list[Difference] = field(default_factory=list)
    ends: str = ""
    longer: str = ""
    """By how much it would last longer."""
    lines: list[tuple[str, str]] = field(default_factory=list)
    difference: str = ""
    total: str = ""
    balance: str = ""
    effects: list[str] = field(default_factory=list)
    told: str = ""
    reasons: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)


def preview_shown(found: Preview, studio: Studio) -> PreviewShown:
    longer = found.after.minutes - found.before.minutes
    return PreviewShown(
        number=found.number,
        when=when.session_text(found.before.start, found.before.end, studio),
        is_bookable=found.bookable,
        differences=differences(found.before, found.after, studio),
        ends=when.time_text(found.after.end, studio),
        longer=length_text(timedelta(minutes=longer)) if longer > 0 else "",
        lines=[(line.description, cents_text(line.amount_cents, studio)) for line in found.lines],
        difference=difference_text(found.price_difference_cents, studio),
        total=cents_text(found.total_cents, studio),
        balance=cents_text(found.balance_cents, studio),
        effects=list(found.effects),
        told=_told(found.told),
        reasons=list(dict.fromkeys(reason.message for reason in found.reasons)),
        alternatives=[one.label for one in found.alternatives],
    )


def _told(told: Sequence[Recipient]) -> str:
    """Everyone who gets a mail; those who run the studio in one word."""
    named = [one.name for one in told if one.who != "staff"]
    staff = [one.name for one in told if one.who == "staff"]
    return ", ".join([*named, *(["the managers"] if staff else [])])

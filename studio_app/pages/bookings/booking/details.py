"""What may be put right later without touching time or price."""

import reflex as rx

from studio_app.components import actions, button, dialog, form, pair, select_field, text_area, text_field
from studio_app.pages.changes import preview
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.bookings.details import BookingDetailsForm as Details

_BEGAN = State.record
_REFERRALS = (
    ("MANAGER", "Manager"),
    ("ENGINEER", "Engineer"),
    ("TEAM_MEMBER", "Team member"),
    ("EXTERNAL", "Someone else"),
)


def details_dialog() -> rx.Component:
    return dialog(
        f"Details of {State.shown.number}",
        form(
            preview.news(),
            _theirs("Artist or project", State.shown.artist, "artist"),
            text_field(
                "Artist or project",
                "artist",
                default_value=_BEGAN["artist"],
                error=State.errors["artist"],
                max_length=200,
            ),
            _theirs("Notes", State.shown.notes, "notes"),
            text_area("Notes", "notes", rows=5, default_value=_BEGAN["notes"], error=State.errors["notes"]),
            pair(
                select_field(
                    "Sent by",
                    "referral.type",
                    _REFERRALS,
                    blank="Nobody",
                    default_value=_BEGAN["referral.type"],
                    error=State.errors["referral.type"],
                ),
                text_field(
                    "Their name",
                    "referral.name",
                    default_value=_BEGAN["referral.name"],
                    error=State.errors["referral.name"],
                    max_length=200,
                ),
            ),
            actions(
                button("Cancel", kind="ghost", on_click=State.close(False)),
                button(
                    rx.cond(State.news.length() > 0, "Save all the same", "Save"),
                    kind="primary",
                    type="submit",
                    loading=State.is_saving,
                ),
            ),
            on_submit=Details.save_details,
            key=Details.visits,
        ),
        open=State.dialog == "details",
        on_open_change=State.close,
        max_width="560px",
    )


def _theirs(label: str, now: rx.Var, name: str) -> rx.Component:
    """What somebody else wrote there meanwhile."""
    is_other = (State.news.length() > 0) & (now != _BEGAN[name])
    return rx.cond(is_other, rx.el.p(f"{label} as saved now: ", rx.el.b(rx.cond(now != "", now, "nothing"))))

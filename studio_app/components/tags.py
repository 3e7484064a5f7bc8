"""A status is always an icon and a word, never a colour alone."""

import reflex as rx

Text = str | rx.Var


def tag(label: Text, tone: str = "", icon: str = "") -> rx.Component:
    """`tone`: "" (neutral), ok, warn, bad, info, acc, hold."""
    mark = rx.icon(icon, aria_hidden="true") if icon else rx.fragment()
    return rx.el.span(mark, label, class_name=f"tag {tone}".strip())


STATUSES: dict[str, tuple[str, str, str]] = {
    "DRAFT": ("Draft", "", "pencil-line"),
    "PENDING": ("Pending", "warn", "clock"),
    "CONFIRMED": ("Confirmed", "acc", "check"),
    "CHECKED_IN": ("In session", "ok", "mic"),
    "IN_PROGRESS": ("In session", "ok", "mic"),
    "CHECKED_OUT": ("Finished", "", "check-check"),
    "COMPLETED": ("Finished", "", "check-check"),
    "NO_SHOW": ("No show", "bad", "user-x"),
    "CANCELLED": ("Cancelled", "", "ban"),
    "HOLD": ("Hold", "hold", "hourglass"),
    "EXPIRED": ("Expired", "", "timer-off"),
    "PAID": ("Paid", "ok", "check"),
    "PARTIAL": ("Part paid", "warn", "circle-dashed"),
    "UNPAID": ("Unpaid", "bad", "circle-alert"),
    "SIGNED": ("Signed", "ok", "signature"),
    "UNSIGNED": ("Unsigned", "warn", "pen-line"),
    "OVER_TIME": ("Runs over", "bad", "timer"),
    "NOT_CHECKED_IN": ("Not checked in", "warn", "user-x"),
    "ASKED": ("Asks", "warn", "message-square"),
    "ACTIVE": ("Active", "ok", "check"),
    "INACTIVE": ("Inactive", "", "minus"),
    "ANONYMISED": ("Anonymised", "", "user-x"),
    "WAITING": ("Waiting", "", "clock"),
    "OFFERED": ("Offered", "warn", "bell"),
    "BOOKED": ("Booked", "ok", "check"),
    "WITHDRAWN": ("Withdrawn", "", "undo-2"),
    "PASSED": ("Days are over", "", "calendar-x"),
    "DELETED": ("Deleted", "bad", "trash-2"),
    "LOCKED": ("Locked", "bad", "lock"),
    "AVAILABLE": ("Available", "ok", "check"),
    "MAINTENANCE": ("Maintenance", "warn", "wrench"),
    "SENT": ("Sent", "ok", "check"),
    "FAILED": ("Failed", "bad", "circle-alert"),
    "BOUNCED": ("Bounced", "bad", "undo-2"),
    "UNSUBSCRIBED": ("Unsubscribed", "", "bell-off"),
}
"""Stored word → (what people read, tone, icon)."""


def status_tag(status: Text) -> rx.Component:
    """The tag of a stored status; a word nobody listed is shown as it is."""
    if isinstance(status, str):
        return tag(*STATUSES.get(status, (status, "", "")))
    return rx.match(status, *((word, tag(*look)) for word, look in STATUSES.items()), tag(status))

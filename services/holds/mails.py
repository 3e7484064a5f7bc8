"""What a challenge writes to both sides and to the studio."""

from datetime import datetime

from sqlmodel import Session

from services.bookings import hold_mails
from services.core.dates import day_time_text
from services.core.studio import Studio


def challenged(session: Session, challenger_id: int, challenged_id: int, due_at: datetime, studio: Studio) -> None:
    until = day_time_text(due_at, studio)
    asked = f"Somebody else would like this time. Tell us by {until} if you want it; otherwise the hold ends then."
    hold_mails.to_client(session, challenged_id, "Please confirm or release your hold", asked)
    waiting = f"We have asked the hold above yours; it has until {until} to answer. You will hear what becomes of it."
    hold_mails.to_client(session, challenger_id, "The hold above yours is asked", waiting)
    above, below = hold_mails.whole(session, challenged_id), hold_mails.whole(session, challenger_id)
    text = f"{below.number} ({below.client.name}) challenges it. It has until {until} to confirm or release."
    hold_mails.to_staff(session, above, "Hold challenged", text)

"""The first data of an empty studio (domain 4). Everything of it can be changed on the screens."""

from datetime import time

from sqlalchemy import select
from sqlmodel import Session

from models.catalog import Period, Service, ServiceMode, ServicePricing
from models.studio import StudioInfo
from services.catalog.hours import save_period
from services.catalog.offerings import create_service
from services.catalog.types import PeriodDetails, ServiceDetails
from services.core.access import SYSTEM
from services.core.rows import add

_ONLINE, _IN_PERSON = ServiceMode.ONLINE, ServiceMode.IN_PERSON
_HOURLY, _FLAT = ServicePricing.HOURLY, ServicePricing.FLAT

# code, name, mode, pricing, price, minutes, buffer, needs an engineer, description, preparation
_SERVICES = (
    (
        "ONLINE_MIXING", "Online Mixing", _ONLINE, _FLAT, 35000, 240, 0, False,
        "Send your tracks, get a finished mix. Two revisions are included.",
        "Consolidated WAV files from bar 1, 24 bit, and a rough mix.",
    ),
    (
        "ONLINE_MASTERING", "Online Mastering", _ONLINE, _FLAT, 12000, 60, 0, False,
        "Your mix, ready for streaming and print.",
        "A stereo WAV file with 3 to 6 dB of headroom, without a limiter.",
    ),
    (
        "RECORDING", "Recording", _IN_PERSON, _HOURLY, 0, 240, 15, False,
        "A room with everything in it, by the hour.",
        "Bring your own instruments if you like; tell us what to set up.",
    ),
    (
        "MIXING", "Mixing", _IN_PERSON, _HOURLY, 3000, 240, 15, True,
        "Sit beside the engineer while your song comes together.",
        "Your session on a disk, or a link to it a day before.",
    ),
    (
        "MASTERING", "Mastering", _IN_PERSON, _HOURLY, 4000, 120, 15, True,
        "The last hour of a record, with you in the room.",
        "Stereo WAV files with 3 to 6 dB of headroom.",
    ),
    (
        "PODCAST", "Podcast", _IN_PERSON, _HOURLY, 2000, 120, 15, False,
        "Up to four voices, recorded and on your disk when you leave.",
        "A list of the people who speak.",
    ),
    (
        "VOICEOVER", "Voiceover", _IN_PERSON, _HOURLY, 2500, 60, 15, True,
        "A dry booth and an engineer for spoken word.",
        "The script, printed or on a screen.",
    ),
)  # fmt: skip

_PERIODS = (
    ("Morning", time(8), time(12), 480),
    ("Afternoon", time(12), time(18), 720),
    ("Evening", time(18), time(2), 480),
)


def first_catalog(session: Session) -> None:
    """Fills in what is missing altogether: the studio's row, the services, the opening hours."""
    if not _has(session, StudioInfo):
        add(session, SYSTEM, "studio_created", StudioInfo(name="Platinum Sound Studios"))
    if not _has(session, Service):
        _first_services(session)
    if not _has(session, Period):
        for weekday in range(7):
            for name, start, end, minutes in _PERIODS:
                details = PeriodDetails(weekday=weekday, name=name, start=start, end=end, capacity_minutes=minutes)
                save_period(session, SYSTEM, details)


def _first_services(session: Session) -> None:
    for code, name, mode, pricing, price, minutes, buffer, needs_engineer, description, preparation in _SERVICES:
        details = ServiceDetails(
            code=code,
            name=name,
            mode=mode,
            pricing=pricing,
            price_cents=price,
            duration_minutes=minutes,
            buffer_minutes=buffer,
            needs_engineer=needs_engineer,
            description=description,
            preparation=preparation,
        )
        create_service(session, SYSTEM, details)


def _has(session: Session, model: type[StudioInfo] | type[Service] | type[Period]) -> bool:
    return session.execute(select(model.id).limit(1)).first() is not None  # type: ignore[call-overload]

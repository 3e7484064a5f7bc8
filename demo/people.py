"""Who works at the demo studio: the sign-ins and the dozen engineers."""

from dataclasses import dataclass
from datetime import time

from demo.studio import MASTERING_SUITE, MIX_1, MIX_2, PODCAST_ROOM, STUDIO_A, STUDIO_B, STUDIO_C, VOX
from services.catalog import EngineerDetails, PerformerDetails, WeekStretch
from services.core.access import Role
from services.identity import NewUser

PASSWORD = "studio-demo"

_MAYA, _PIA = "Maya Okonjo", "Pia Moreau"
USERS = tuple(
    NewUser(
        name=name,
        email=f"{account}@demo.studio",
        password=PASSWORD,
        roles=frozenset({role}),
        discount_limit_pct=10 if role is Role.ENGINEER else None,
    )
    for account, name, role in (
        ("admin", "Ivo Brandt", Role.ADMIN),
        ("manager", "Dana Kessler", Role.MANAGER),
        ("agent", "Abel Santos", Role.BOOKING_AGENT),
        ("engineer", _MAYA, Role.ENGINEER),
        ("performer", _PIA, Role.PERFORMER),
        ("finance", "Femi Cole", Role.FINANCE),
        ("intern", "Ines Duarte", Role.INTERN),
    )
)

_MON, _TUE, _WED, _THU, _FRI, _SAT, _SUN = range(7)
_EVERY_DAY = tuple(range(7))
_WEEKDAYS = (_MON, _TUE, _WED, _THU, _FRI)


def _week(weekdays: tuple[int, ...], first_hour: int, last_hour: int) -> tuple[WeekStretch, ...]:
    return tuple(WeekStretch(weekday=day, start=time(first_hour), end=time(last_hour)) for day in weekdays)


@dataclass(frozen=True, slots=True)
class DemoEngineer:
    details: EngineerDetails
    rooms: tuple[str, ...]
    """Where they may work; the first is their own."""
    hourly_rate_cents: int
    week: tuple[WeekStretch, ...]

    @property
    def name(self) -> str:
        return self.details.name


def _engineer(
    name: str, rate: int, rooms: tuple[str, ...], week: tuple[WeekStretch, ...], bio: str, number: int
) -> DemoEngineer:
    email = f"{name.split()[0].lower()}@platinumsound.example.com"
    details = EngineerDetails(name=name, email=email, phone=f"+1 332 555 01{number:02}", bio=bio)
    return DemoEngineer(details, rooms, rate * 100, week)


ENGINEERS = (
    _engineer(
        _MAYA,
        55,
        (STUDIO_A, STUDIO_B, VOX),
        _week((_MON, _TUE, _WED, _THU, _FRI, _SAT), 10, 22),
        "Tracks bands live and keeps the takes that breathe. Twelve years at the Neve, two Grammy nominations.",
        1,
    ),
    _engineer(
        "Jon Halvorsen",
        50,
        (STUDIO_B, STUDIO_A, STUDIO_C),
        _week((_TUE, _WED, _THU, _FRI, _SAT), 13, 3),
        "Guitars, drums and long evenings. Builds his own ribbon preamps.",
        2,
    ),
    _engineer(
        "Priya Raman",
        50,
        (STUDIO_C, STUDIO_B, VOX),
        _week(_WEEKDAYS, 9, 20),
        "Vocal production and pop sessions. Comps as fast as you can sing.",
        3,
    ),
    _engineer(
        "Luis Cabrera",
        45,
        (STUDIO_C, STUDIO_A, MIX_1),
        _week((_MON, _TUE, _FRI, _SAT, _SUN), 12, 0),
        "Latin, jazz and anything with a horn section.",
        4,
    ),
    _engineer(
        "Tomasz Wrona",
        60,
        (MIX_1, MIX_2),
        _week(_WEEKDAYS, 10, 22),
        "Mixes in Atmos and stereo. Credits from indie debuts to film scores.",
        5,
    ),
    _engineer(
        "Keiko Arai",
        60,
        (MIX_2, MIX_1, MASTERING_SUITE),
        _week((_TUE, _WED, _THU, _FRI, _SAT), 11, 23),
        "Mixes electronic and ambient records with a light hand.",
        6,
    ),
    _engineer(
        "Adaeze Nwosu",
        40,
        (VOX, PODCAST_ROOM),
        _week((_MON, _TUE, _WED, _THU, _SAT), 8, 19),
        "Voiceover direction in English, French and Igbo.",
        7,
    ),
    _engineer(
        "Sam Whitlock",
        35,
        (PODCAST_ROOM, VOX),
        _week(_WEEKDAYS, 8, 18),
        "Ten thousand podcast episodes, and counting.",
        8,
    ),
    _engineer(
        "Greta Lindholm",
        75,
        (MASTERING_SUITE, MIX_2),
        _week((_MON, _TUE, _WED, _THU, _FRI, _SUN), 9, 19),
        "Mastering for streaming and vinyl. Learned to cut lacquers in Stockholm.",
        9,
    ),
    _engineer(
        "DeShawn Pryor",
        50,
        (STUDIO_A, STUDIO_C, VOX),
        _week(_EVERY_DAY, 20, 8),
        "Hip-hop and R&B after dark. Beats ready before you have taken your coat off.",
        10,
    ),
    _engineer(
        "Elif Demir",
        45,
        (STUDIO_B, STUDIO_C, MIX_1, MIX_2),
        _week((_WED, _THU, _FRI, _SAT, _SUN), 17, 6),
        "Night sessions, psychedelic mixes, patience.",
        11,
    ),
    _engineer(
        "Rafael Montoya",
        40,
        (STUDIO_A, STUDIO_B, PODCAST_ROOM, VOX, MASTERING_SUITE),
        _week((_FRI, _SAT, _SUN, _MON), 9, 21),
        "The weekend's quiet centre: choirs, quartets, talk.",
        12,
    ),
)


def _performer(name: str, rate: int, number: int, *skills: str) -> PerformerDetails:
    email = f"{name.split()[0].lower()}@players.example.com"
    phone = f"+1 332 555 02{number:02}"
    return PerformerDetails(name=name, email=email, phone=phone, skills=skills, default_rate_cents=rate * 100)


PERFORMERS = (
    (_performer(_PIA, 250, 1, "Alto", "Backing vocals", "French"), _week((_MON, _TUE, _WED, _THU, _FRI), 11, 20)),
    (_performer("Theo Lindqvist", 300, 2, "Cello", "Viola"), _week((_TUE, _THU, _SAT), 10, 22)),
    (_performer("Marisol Vega", 280, 3, "Trumpet", "Flugelhorn"), _week((_FRI, _SAT, _SUN), 12, 0)),
    (_performer("Kofi Mensah", 260, 4, "Percussion", "Drums"), _week(_EVERY_DAY, 16, 1)),
)
"""Each with the week they keep."""

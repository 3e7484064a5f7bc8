"""What the demo studio sells and where: studio, rooms, services, hours, microphones, rates."""

from datetime import date, time
from decimal import Decimal

from demo.texts import CANCELLATION_POLICY, PAYMENT_INSTRUCTIONS, TERMS
from models.catalog import ServiceMode, ServicePricing
from models.pricing import RateAdjustment, RateRuleKind
from services.catalog import MicDetails, PeriodDetails, RoomDetails, ServiceDetails
from services.core.studio import StudioChange
from services.pricing import RateRuleDetails

STUDIO = StudioChange(
    name="Platinum Sound",
    address="332 West 47th Street, New York, NY 10036",
    map_link="https://www.openstreetmap.org/?mlat=40.7610&mlon=-73.9903#map=17/40.7610/-73.9903",
    latitude=Decimal("40.7610"),
    longitude=Decimal("-73.9903"),
    phone="+1 212 555 0140",
    whatsapp="+1 212 555 0140",
    whatsapp_link="https://wa.me/12125550140",
    opening_text="Open around the clock, every day. The front desk is staffed from 9 am to midnight.",
    time_zone="America/New_York",
    currency="USD",
    locale="en_US",
    phone_region="US",
    tax_rate_pct=Decimal("8.875"),
    deposit_pct=50,
    deposit_deadline_hours=24,
    free_cancel_hours=48,
    cancel_fee_pct=50,
    no_show_fee_pct=100,
    cancellation_policy=CANCELLATION_POLICY,
    terms=TERMS,
    payment_instructions=PAYMENT_INSTRUCTIONS,
)


def _room(name: str, description: str, base: int, without: int | None, capacity: int, *amenities: str) -> RoomDetails:
    """Rates in dollars per hour: with an engineer the base rate, without one `without`."""
    return RoomDetails(
        name=name,
        description=description,
        base_rate_cents=base * 100,
        rate_with_engineer_cents=base * 100,
        rate_without_engineer_cents=None if without is None else without * 100,
        amenities=amenities,
        images=(f"/rooms/{name.lower().replace(' ', '-')}.svg",),
        capacity=capacity,
    )


STUDIO_A, STUDIO_B, STUDIO_C = "Studio A", "Studio B", "Studio C"
MIX_1, MIX_2, VOX, PODCAST_ROOM, MASTERING_SUITE = "Mix 1", "Mix 2", "Vox", "Podcast Room", "Mastering Suite"

ROOMS = (
    _room(
        STUDIO_A,
        "Neve 88R, live room for 12, daylight.",
        150,
        165,
        12,
        "Neve 88R console",
        "Yamaha C7 grand piano",
        "Two isolation booths",
        "Drum kit",
        "Daylight",
        "Private lounge",
    ),
    _room(
        STUDIO_B,
        "API console, isolation booth, upright piano.",
        110,
        120,
        6,
        "API 1608-II console",
        "Isolation booth",
        "Upright piano",
        "Guitar amps",
        "Lounge",
    ),
    _room(
        STUDIO_C,
        "SSL Duality, wide control room, lounge with a view.",
        125,
        140,
        8,
        "SSL Duality console",
        "Overdub booth",
        "Synth wall",
        "Lounge",
    ),
    _room(MIX_1, "Atmos 7.1.4, hybrid desk, ATC mains.", 90, None, 4, "Dolby Atmos 7.1.4", "Hybrid desk", "ATC SCM45A"),
    _room(MIX_2, "In-the-box stereo mixing, outboard to taste.", 70, None, 3, "Outboard rack", "Barefoot MM27"),
    _room(
        VOX,
        "Vocal room with a warm wooden booth, ready in five minutes.",
        60,
        55,
        3,
        "Large wooden booth",
        "Avalon 737",
        "Lyric screen",
    ),
    _room(
        PODCAST_ROOM,
        "Round table for four, cameras and lights already set.",
        65,
        60,
        5,
        "Four SM7B places",
        "Three 4K cameras",
        "Remote guests",
    ),
    _room(
        MASTERING_SUITE,
        "Calibrated full-range monitoring, analogue chain.",
        95,
        None,
        3,
        "Full-range mains",
        "Analogue mastering chain",
        "Vinyl pre-mastering",
    ),
)

ROOM_LIMITS = {STUDIO_A: (12_000, 24_000), STUDIO_B: (8_500, 17_500), STUDIO_C: (9_500, 20_000)}
"""Least and most cents per hour."""

RECORDING, MIXING, MASTERING = "RECORDING", "MIXING", "MASTERING"
PODCAST, VOICEOVER = "PODCAST", "VOICEOVER"
ONLINE_MIXING, ONLINE_MASTERING = "ONLINE_MIXING", "ONLINE_MASTERING"

SERVICES = (
    ServiceDetails(
        code=ONLINE_MIXING,
        name="Online Mixing",
        mode=ServiceMode.ONLINE,
        description="Send your stems; one of our engineers mixes the song. Two rounds of changes are included.",
        pricing=ServicePricing.FLAT,
        price_cents=45_000,
        duration_minutes=240,
        buffer_minutes=15,
        preparation="Stems as 24-bit WAV from the same start, the rough mix, and two songs you like the sound of.",
    ),
    ServiceDetails(
        code=ONLINE_MASTERING,
        name="Online Mastering",
        mode=ServiceMode.ONLINE,
        description="One song mastered for streaming and download, with one round of changes.",
        pricing=ServicePricing.FLAT,
        price_cents=12_000,
        duration_minutes=60,
        buffer_minutes=15,
        preparation="The final mix as 24-bit WAV with at least 3 dB of headroom and nothing on the mix bus.",
    ),
    ServiceDetails(
        code=RECORDING,
        name="Recording",
        mode=ServiceMode.IN_PERSON,
        description="Band, vocals, strings or a writing camp: the room set up and line-checked before you arrive.",
        pricing=ServicePricing.HOURLY,
        price_cents=0,
        duration_minutes=240,
        buffer_minutes=15,
        preparation="Tell us the line-up a day ahead, and bring tempo maps and rough demos if you have them.",
    ),
    ServiceDetails(
        code=MIXING,
        name="Mixing",
        mode=ServiceMode.IN_PERSON,
        description="Mix with an engineer beside you, on the desk or in the box. Recalls are free for 30 days.",
        pricing=ServicePricing.HOURLY,
        price_cents=2_000,
        duration_minutes=360,
        buffer_minutes=15,
        needs_engineer=True,
        preparation="Send the consolidated session the day before, and say which rough mix everybody loves.",
    ),
    ServiceDetails(
        code=MASTERING,
        name="Mastering",
        mode=ServiceMode.IN_PERSON,
        description="An attended mastering session: single, EP or album, for streaming, CD and vinyl.",
        pricing=ServicePricing.HOURLY,
        price_cents=3_000,
        duration_minutes=120,
        buffer_minutes=15,
        needs_engineer=True,
        preparation="Final mixes as 24-bit WAV, the running order, and ISRC codes if you have them.",
    ),
    ServiceDetails(
        code=PODCAST,
        name="Podcast",
        mode=ServiceMode.IN_PERSON,
        description="Up to four voices around the table, with cameras and remote guests. You leave with the tracks.",
        pricing=ServicePricing.HOURLY,
        price_cents=1_500,
        duration_minutes=120,
        buffer_minutes=15,
        preparation="Send names, running order and remote guests' e-mail addresses two hours before.",
    ),
    ServiceDetails(
        code=VOICEOVER,
        name="Voiceover",
        mode=ServiceMode.IN_PERSON,
        description="Adverts, games, audiobooks and dubbing, directed from the room or from afar.",
        pricing=ServicePricing.FLAT,
        price_cents=6_000,
        duration_minutes=120,
        buffer_minutes=15,
        preparation="The script as PDF, how names are said, and the picture if there is one.",
    ),
)

MORNING, AFTERNOON, EVENING, NIGHT = "Morning", "Afternoon", "Evening", "Night"
_DAY_PARTS = (
    (MORNING, time(8), time(12), 360),
    (AFTERNOON, time(12), time(18), 720),
    (EVENING, time(18), time(23), 480),
    (NIGHT, time(23), time(8), 240),
)
PERIODS = tuple(
    PeriodDetails(weekday=weekday, name=name, start=start, end=end, capacity_minutes=capacity)
    for weekday in range(7)
    for name, start, end, capacity in _DAY_PARTS
)

STANDARD_MIC = "Shure SM58"
SM7B = "Shure SM7B"
MICS: tuple[tuple[MicDetails, int], ...] = (
    (MicDetails(name=STANDARD_MIC, description="Dynamic, for anything that is loud and moves."), 8),
    (MicDetails(name="Shure SM57", description="Dynamic, for snares, guitar amps and brass."), 8),
    (MicDetails(name="AKG C414", description="Condenser with nine patterns, the studio's workhorse."), 4),
    (
        MicDetails(
            name=SM7B,
            description="Broadcast dynamic, close and quiet. Voices and podcasts.",
            upcharge_cents=1_500,
            is_premium=True,
        ),
        4,
    ),
    (
        MicDetails(
            name="Neumann U87",
            description="The large-diaphragm condenser of countless vocals.",
            upcharge_cents=4_000,
            is_premium=True,
        ),
        3,
    ),
    (
        MicDetails(
            name="AKG C12",
            description="Valve condenser with an open, silky top. A vintage pair.",
            upcharge_cents=7_500,
            is_premium=True,
        ),
        2,
    ),
    (
        MicDetails(
            name="Telefunken ELA M 251",
            description="The valve microphone singers ask for by name.",
            upcharge_cents=9_000,
            is_premium=True,
        ),
        2,
    ),
    (
        MicDetails(
            name="Coles 4038",
            description="Ribbon pair for strings, brass and drum overheads.",
            upcharge_cents=3_000,
            is_premium=True,
        ),
        2,
    ),
)
"""Each with the number of physical units."""


def rate_rules(holiday: date) -> tuple[RateRuleDetails, ...]:
    return (
        RateRuleDetails(
            name="Evening rate",
            kind=RateRuleKind.EVENING,
            start=time(20),
            end=time(6),
            adjustment=RateAdjustment.PERCENT,
            percent=Decimal(10),
            priority=10,
        ),
        RateRuleDetails(
            name="Weekend rate",
            kind=RateRuleKind.WEEKEND,
            weekdays=(5, 6),
            adjustment=RateAdjustment.PERCENT,
            percent=Decimal(15),
            priority=20,
        ),
        RateRuleDetails(
            name="Holiday rate",
            kind=RateRuleKind.HOLIDAY,
            from_day=holiday,
            to_day=holiday,
            adjustment=RateAdjustment.PERCENT,
            percent=Decimal(25),
            priority=30,
        ),
    )

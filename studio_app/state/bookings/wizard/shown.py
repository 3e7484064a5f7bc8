"""What the wizard's screens show: plain values, money and times as text."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class House:
    """The studio, as the wizard needs it."""

    name: str = ""
    phone: str = ""
    whatsapp_link: str = ""
    zone: str = ""
    """`New York time`."""
    terms: str = ""
    policy: str = ""
    how_to_pay: str = ""
    currency: str = "$"


@dataclass(frozen=True)
class DayCell:
    day: str
    number: int
    month: str
    """`Dec`, on the first day shown and where a month begins."""
    label: str
    look: str
    """`free`, `full`, or empty: past."""
    is_chosen: bool


@dataclass(frozen=True)
class Days:
    """The weeks to choose a day from."""

    title: str = ""
    key: str = ""
    """Their first day, ISO."""
    weeks: list[list[DayCell]] = field(default_factory=list)
    has_earlier: bool = False
    has_later: bool = False


@dataclass(frozen=True)
class ServiceCard:
    code: str
    name: str
    description: str
    facts: str
    """`2 h · with engineer`."""
    price: str
    is_chosen: bool


@dataclass(frozen=True)
class RoomCard:
    id: int
    name: str
    description: str
    image: str
    price: str
    is_chosen: bool
    is_free: bool
    why_not: str
    next_day: str
    """ISO; empty when free or when nothing is near."""
    next_label: str


@dataclass(frozen=True)
class SlotCell:
    start: str
    label: str
    is_free: bool
    is_chosen: bool


@dataclass(frozen=True)
class SlotGroup:
    """The starts of a part of the day."""

    title: str
    slots: list[SlotCell]


@dataclass(frozen=True)
class PeriodCard:
    name: str
    span: str
    left: str
    fits: bool
    is_chosen: bool


@dataclass(frozen=True)
class Length:
    minutes: int
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Place:
    """Rooms and starts, or the periods of online work."""

    title: str = ""
    rooms: list[RoomCard] = field(default_factory=list)
    together: str = ""
    """The hourly price of all chosen rooms; empty for fewer than two."""
    lengths: list[Length] = field(default_factory=list)
    hours: str = ""
    """The length in hours, as typed into the free field."""
    length_text: str = ""
    starts: list[SlotGroup] = field(default_factory=list)
    periods: list[PeriodCard] = field(default_factory=list)
    is_closed: bool = False
    is_full: bool = False
    """Open that day, but nothing fits."""

    def slots(self) -> list[SlotCell]:
        return [slot for group in self.starts for slot in group.slots]


@dataclass(frozen=True)
class EngineerCard:
    id: int
    name: str
    note: str
    is_free: bool
    is_chosen: bool


@dataclass(frozen=True)
class Engineers:
    rows: list[EngineerCard] = field(default_factory=list)
    may_be_none: bool = False
    none_note: str = ""


@dataclass(frozen=True)
class MicCard:
    id: int
    name: str
    description: str
    price: str
    units: int
    quantity: int


@dataclass(frozen=True)
class RateRow:
    id: str
    name: str
    list_rate: str
    value: str


@dataclass(frozen=True)
class FileRow:
    id: int
    name: str
    size: str


@dataclass(frozen=True)
class Extras:
    mics: list[MicCard] = field(default_factory=list)
    files: list[FileRow] = field(default_factory=list)
    rates: list[RateRow] = field(default_factory=list)


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    screen: str


@dataclass(frozen=True)
class Review:
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class PriceLine:
    label: str
    amount: str


@dataclass(frozen=True)
class Price:
    """The panel. `total_cents` is what the person saw when they book."""

    about: list[str] = field(default_factory=list)
    lines: list[PriceLine] = field(default_factory=list)
    is_known: bool = False
    total: str = ""
    total_cents: int = 0
    deposit: str = ""
    deposit_text: str = ""
    deposit_value: str = ""
    """As an amount stands in a form."""
    held: str = ""
    """How long the time waits for it."""
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """An alternative that applies itself."""

    label: str
    start: str
    day: str
    room_ids: list[int]
    engineer_id: int
    period: str


@dataclass(frozen=True)
class Trouble:
    """What is in the way, and what would work."""

    title: str = ""
    lines: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    client_id: int = 0
    """A client that exists already, offered instead of a new one."""
    client_name: str = ""
    is_overpaid: bool = False
    """More is paid than is owed: to be mended, or agreed to."""


@dataclass(frozen=True)
class FoundClient:
    id: int
    name: str
    about: str

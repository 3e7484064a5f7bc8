"""Two hundred clients, made up from a seed: labels, managers, companies and people, with their artists."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from demo.names import FIRST, LAST, NOUNS, WORDS
from models.clients import ArtistKind, ClientSource
from services.clients import NewAddress, NewArtist, NewClient

_COMPANIES = ("Records", "Music Group", "Management", "Artists", "Sound", "Audio", "Podcasts", "Agency")
_GENRES = (
    "Indie rock",
    "Hip-hop",
    "R&B",
    "Jazz",
    "Pop",
    "Electronic",
    "Folk",
    "Latin",
    "Afrobeats",
    "Classical",
    "Gospel",
    "Metal",
    "Ambient",
    "Spoken word",
)
_AREAS = (212, 718, 646, 917, 347, 929)
_STREETS = ("Bedford Ave", "Grand St", "Broadway", "Atlantic Ave", "Lenox Ave", "Steinway St", "Court St", "Canal St")
_TOWNS = (("Brooklyn", "112{:02}"), ("New York", "100{:02}"), ("Queens", "111{:02}"))
_NOTES = (
    "Prefers evenings. Likes the lights low.",
    "Always pays by bank transfer, two days late.",
    "Brings a drummer who needs the large booth.",
    "Vegetarian. Please order accordingly.",
    "Invoices go to the label, not to the artist.",
)
STUDIO_LINE = 40
"""555-0140 in area 212 is the studio's own."""


@dataclass(frozen=True, slots=True)
class DemoClient:
    new: NewClient
    artists: tuple[NewArtist, ...]
    addresses: tuple[NewAddress, ...]


def make_clients(rng: Random, count: int) -> tuple[DemoClient, ...]:
    names = _names(rng)
    phones = _phones()
    acts = _acts(rng)
    return tuple(_client(rng, names, acts, next(phones)) for _ in range(count))


def _client(rng: Random, names: Iterator[str], acts: Iterator[str], phone: str) -> DemoClient:
    person = next(names)
    kind = rng.choices(("person", "manager", "company"), (55, 25, 20))[0]
    company = f"{rng.choice(WORDS)} {rng.choice(_COMPANIES)}" if kind != "person" else ""
    name = f"{next(acts)} {rng.choice(_COMPANIES)}" if kind == "company" else person
    account = ".".join(name.lower().replace("&", "and").split())
    new = NewClient(
        name=name,
        email=f"{account}@{rng.choice(('example.com', 'example.org', 'example.net'))}",
        phone=phone,
        label=company,
        project=rng.choice(("", "", "Debut album", "EP", "Spring single", "Season two", "Live record")),
        budget_cents=rng.choice((None, None, 150_000, 400_000, 1_200_000, 3_000_000)),
        notes=rng.choice(_NOTES) if rng.random() < 0.3 else "",
        source=rng.choices((ClientSource.STAFF, ClientSource.PUBLIC_PAGE, ClientSource.REFERRAL), (5, 3, 2))[0],
    )
    artists = tuple(_artists(rng, acts, person if kind == "person" else next(names), kind))
    return DemoClient(new, artists, (_address(rng),) if rng.random() < 0.35 else ())


def _artists(rng: Random, acts: Iterator[str], person: str, kind: str) -> Iterator[NewArtist]:
    yield NewArtist(name=person, kind=ArtistKind.PERSON, genre=rng.choice(_GENRES))
    most = {"person": 1, "manager": 3, "company": 4}[kind]
    for _ in range(rng.randint(0, most)):
        yield NewArtist(
            name=next(acts), kind=rng.choice((ArtistKind.BAND, ArtistKind.PROJECT)), genre=rng.choice(_GENRES)
        )


def _address(rng: Random) -> NewAddress:
    city, postal_code = rng.choice(_TOWNS)
    street = f"{rng.randint(10, 980)} {rng.choice(_STREETS)}"
    return NewAddress(
        label=rng.choice(("Rehearsal space", "Office", "Home")),
        line1=street,
        city=city,
        postal_code=postal_code.format(rng.randint(1, 38)),
    )


def _names(rng: Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    rng.shuffle(pairs)
    return iter(pairs)


def _acts(rng: Random) -> Iterator[str]:
    """Bands and companies: every name once, then the same ones with `The` before them."""
    pairs = [f"{word} {noun}" for word in WORDS for noun in NOUNS]
    rng.shuffle(pairs)
    yield from pairs
    yield from (f"The {pair}" for pair in pairs)


def _phones() -> Iterator[str]:
    """Numbers kept for fiction, 555-0100 to 555-0199, in every area code of the city."""
    for line in range(100):
        for area in _AREAS:
            if (area, line) != (212, STUDIO_LINE):
                yield f"+1 {area} 555 01{line:02}"

"""The grammar, sentence by sentence. Today is Wednesday, November 11, 2026.

What is expected is written as it is read: `field: meaning`, several meanings with `|` between
them; what is not mentioned must not have been read.
"""

import itertools
from datetime import date

import pytest

from services.quickline.rules import read
from services.quickline.types import Hours, Kind, Reading, Said, Thing, Vocabulary

K = Kind
_NAMES = {
    K.ROOM: ("Studio A", "Studio B", "Vocal Booth"),
    K.ENGINEER: ("Maya Lind", "Rio Tanaka", "Rio Bell", "Sam Ode"),
    K.MIC: ("U 87", "SM7", "Neumann TLM 103"),
    K.SERVICE: ("Recording", "Mixing", "Podcast", "Online Mixing", "Online Mastering"),
}
THINGS = tuple(Thing(kind, n, name) for kind, names in _NAMES.items() for n, name in enumerate(names, 1))
VOCABULARY = Vocabulary(things=THINGS, periods=("Morning", "Late"), today=date(2026, 11, 11))
CLIENTS = {"blue monday", "nova reyes", "nova reyes quartet", "friday"}

SENTENCES = [
    # the line of the story
    (
        "Studio A tomorrow 8p-2a Maya U87 for Atlantic",
        "day: 2026-11-12, hours: 20:00-02:00, room: Studio A, engineer: Maya Lind, mic: U 87, client: Atlantic",
    ),
    # days
    ("today", "day: 2026-11-11"),
    ("tomorrow", "day: 2026-11-12"),
    ("the day after tomorrow", "day: 2026-11-13"),
    ("friday", "day: 2026-11-13"),
    ("on Fri.", "day: 2026-11-13"),
    ("tue", "day: 2026-11-17"),
    ("wednesday", "day: 2026-11-11|2026-11-18"),
    ("this wednesday", "day: 2026-11-11"),
    ("next wednesday", "day: 2026-11-18"),
    ("next friday", "day: 2026-11-13|2026-11-20"),
    ("next monday", "day: 2026-11-16"),
    ("12/5", "day: 2026-12-05"),
    ("25/12", "day: 2026-12-25"),
    ("12/5/27", "day: 2027-12-05"),
    ("11/10", "day: 2027-11-10"),
    ("Dec 5", "day: 2026-12-05"),
    ("December 5th, 2027", "day: 2027-12-05"),
    ("5 Dec", "day: 2026-12-05"),
    ("the 5th of December", "day: 2026-12-05"),
    ("the 5th", "day: 2026-12-05"),
    ("2026-12-05", "day: 2026-12-05"),
    ("in 3 days", "day: 2026-11-14"),
    ("in a week", "day: 2026-11-18"),
    ("in two weeks friday", "day: 2026-11-27"),
    ("Friday in 2 weeks", "day: 2026-11-27"),
    ("friday two weeks from now", "day: 2026-11-27"),
    ("in two weeks on monday", "day: 2026-11-23|2026-11-30"),
    ("in 3 days friday", "day: 2026-11-13|2026-11-14"),
    ("two weeks from now", "day: 2026-11-25"),
    ("Saturday Dec 5", "day: 2026-12-05"),
    ("Friday Dec 5", "day: 2026-11-13|2026-12-05"),
    ("Feb 30", "unknown: Feb 30"),
    ("May 5", "day: 2027-05-05"),
    # times
    ("8pm to 2am", "hours: 20:00-02:00"),
    ("8 p.m. until 2 a.m.", "hours: 20:00-02:00"),
    ("20:00-02:00", "hours: 20:00-02:00"),
    ("20:00–2:00", "hours: 20:00-02:00"),
    ("10:00-14:00", "hours: 10:00-14:00"),
    ("from 9.30am to 11", "hours: 09:30-11:00"),
    ("8-10", "hours: 08:00-10:00|20:00-22:00"),
    ("8-10p", "hours: 20:00-22:00"),
    ("11-1p", "hours: 11:00-13:00"),
    ("10-2a", "hours: 22:00-02:00"),
    ("12-2", "hours: 00:00-02:00|12:00-14:00"),
    ("noon-4", "hours: 12:00-16:00"),
    ("8-midnight", "hours: 20:00-00:00"),
    ("9a-11p", "hours: 09:00-23:00"),
    ("at 8", "hours: 08:00|20:00"),
    ("noon", "hours: 12:00"),
    ("8p-2a 9p-3a", "hours: 20:00-02:00|21:00-03:00"),
    ("tonight 8-10", "day: 2026-11-11, night, hours: 20:00-22:00"),
    ("tonight 1-3a", "day: 2026-11-11, night, hours: 01:00-03:00"),
    ("tomorrow morning 8-10", "day: 2026-11-12, part: Morning, hours: 08:00-10:00"),
    ("tomorrow evening 8-10", "day: 2026-11-12, part: Evening, hours: 20:00-22:00"),
    ("Late", "part: Late"),
    ("13pm", "unknown: 13pm"),
    ("until 2am", "unknown: until 2am"),
    # lengths
    ("2pm for 4h", "hours: 14:00, minutes: 240"),
    ("4 hours from 2pm", "hours: 14:00, minutes: 240"),
    ("2pm 1.5h", "hours: 14:00, minutes: 90"),
    ("1h30", "minutes: 90"),
    ("90 min", "minutes: 90"),
    ("half an hour", "minutes: 30"),
    ("for two and a half hours", "minutes: 150"),
    ("for two hours", "minutes: 120"),
    ("for 4", "unknown: 4"),
    # rooms
    ("studio b", "room: Studio B"),
    ("room b", "room: Studio B"),
    ("B", "room: Studio B"),
    ("b", "unknown: b"),
    ("A session", ""),
    ("booth", "room: Vocal Booth"),
    ("VB", "room: Vocal Booth"),
    ("voc", "room: Vocal Booth"),
    ("studio", "room: Studio A|Studio B"),
    ("A + B", "room: Studio A, room: Studio B"),
    ("studio a and b", "room: Studio A, room: Studio B"),
    ("Stduio", "unknown: Stduio"),
    ("Stduio B", "room: Studio B"),
    ("Studo B 8-10p", "room: Studio B, hours: 20:00-22:00"),
    ("vocla booth", "room: Vocal Booth"),
    ("Boothh", "room: Vocal Booth"),
    ("Studio C", "room: Studio A|Studio B, unknown: C"),
    # people
    ("with Maya", "engineer: Maya Lind"),
    ("Tanaka", "engineer: Rio Tanaka"),
    ("rio b", "engineer: Rio Bell"),
    ("Rio", "engineer: Rio Tanaka|Rio Bell"),
    ("w/ Sam", "engineer: Sam Ode"),
    ("no engineer", "engineer: No engineer"),
    ("without an engineer", "engineer: No engineer"),
    # microphones
    ("2 U87", "mic: 2 U 87"),
    ("U87 x2", "mic: 2 U 87"),
    ("2x u-87", "mic: 2 U 87"),
    ("two SM7s and a TLM103", "mic: 2 SM7, mic: Neumann TLM 103"),
    ("tomorrow 8p-2a 2 U87", "day: 2026-11-12, hours: 20:00-02:00, mic: 2 U 87"),
    # services
    ("mixing", "service: Mixing"),
    ("online mixing", "service: Online Mixing"),
    ("rec", "service: Recording"),
    ("online", "service: Online Mixing|Online Mastering"),
    # clients and artists
    ("for Atlantic Records, tomorrow", "client: Atlantic Records, day: 2026-11-12"),
    ("for Atlantic tomorrow", "client: Atlantic, day: 2026-11-12"),
    ("for Atlantic/Kim Duval", "client: Atlantic, artist: Kim Duval"),
    ("for Atlantic as Kim Duval 8pm", "client: Atlantic, artist: Kim Duval, hours: 20:00"),
    ("for Maya Records", "client: Maya Records"),
    ("for Blue Monday", "client: Blue Monday"),
    ("for friday", "client: friday"),
    ("for monday", "day: 2026-11-16"),
    ("for Nova Reyes Quartet", "client: Nova Reyes Quartet"),
    ("for Nova Reyes vip", "client: Nova Reyes, unknown: vip"),
    ("for 4h for Atlantic", "minutes: 240, client: Atlantic"),
    ("Studio A tomorrow Nova Reyes", "room: Studio A, day: 2026-11-12, client: Nova Reyes"),
    ("Nova Reyes Quartet, Studio B 8-10p", "client: Nova Reyes Quartet, room: Studio B, hours: 20:00-22:00"),
    ("vip Nova Reyes", "unknown: vip, client: Nova Reyes"),
    ("same as last time for Nova Reyes tomorrow 8p", "again: True, client: Nova Reyes, day: 2026-11-12, hours: 20:00"),
    ("Nova Reyes, same again, tomorrow", "client: Nova Reyes, again: True, day: 2026-11-12"),
    ("for Nova Reyes as last time", "client: Nova Reyes, again: True"),
    ("Recording for Studio Ghibli", "service: Recording, client: Studio Ghibli"),
    # the rest
    ("hold for Atlantic", "status: HOLD, client: Atlantic"),
    ("pencil in Studio A", "status: HOLD, room: Studio A"),
    ("confirmed", "status: CONFIRMED"),
    ("note: bring 2 U87 tomorrow", "notes: bring 2 U87 tomorrow"),
    ("please book a session", ""),
    ("xyz Studio A zzz qq", "room: Studio A, unknown: xyz, unknown: zzz qq"),
    ("$$ 🎸 Studio A", "room: Studio A"),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_every_word_means_what_people_mean_by_it(sentence: str, expected: str) -> None:
    reading = read(sentence, VOCABULARY, lambda name: name.lower() in CLIENTS)
    assert sorted(_told(reading)) == sorted(part for part in expected.split(", ") if part)


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in SENTENCES])
def test_no_word_is_used_twice(sentence: str) -> None:
    reading = read(sentence, VOCABULARY, lambda name: name.lower() in CLIENTS)
    spans = sorted(span for said in _said(reading) for span in said.spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_where_the_day_comes_first_a_date_is_read_so() -> None:
    british = Vocabulary(things=(), periods=(), today=date(2026, 11, 11), day_first=True)
    assert read("5/12", british).day == Said("5/12", ((0, 4),), (date(2026, 12, 5),))


def test_an_ambiguous_word_may_be_of_several_kinds() -> None:
    things = (*THINGS, Thing(K.ROOM, 9, "Mix 1"), Thing(K.ROOM, 10, "Mix 2"))
    (said,) = read("mix", Vocabulary(things=things, periods=(), today=date(2026, 11, 11))).things
    assert {thing.name for thing in said.meanings} == {"Mix 1", "Mix 2", "Mixing", "Online Mixing"}


def _said(reading: Reading) -> list[Said]:
    single = (reading.day, reading.hours, reading.minutes, reading.part_of_day, reading.client, reading.artist)
    others = (reading.status, reading.again, reading.notes)
    return [said for said in (*single, *others, *reading.things, *reading.unknown) if said]


def _told(reading: Reading) -> list[str]:
    fields = {
        "day": reading.day,
        "hours": reading.hours,
        "minutes": reading.minutes,
        "part": reading.part_of_day,
        "client": reading.client,
        "artist": reading.artist,
        "status": reading.status,
        "notes": reading.notes,
        "again": reading.again,
    }
    told = [(name, said) for name, said in fields.items() if said]
    told += [(said.meanings[0].kind, said) for said in reading.things]
    told += [("unknown", said) for said in reading.unknown]
    night = ["night"] if reading.is_night else []
    return night + [f"{name}: {'|'.join(_text(meaning) for meaning in said.meanings)}" for name, said in told]


def _text(meaning: object) -> str:
    if isinstance(meaning, Hours):
        return "-".join(f"{at:%H:%M}" for at in (meaning.start, meaning.end) if at)
    if isinstance(meaning, Thing):
        return f"{meaning.quantity} {meaning.name}" if meaning.quantity > 1 else meaning.name
    return str(meaning)

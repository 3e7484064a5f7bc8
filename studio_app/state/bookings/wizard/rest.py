"""Add-ons, files and the review: the last screens before booking."""

from datetime import datetime, timedelta
from typing import Any

from services import bookings, catalog
from services.bookings import UploadView
from services.catalog import MicView
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.dates import hours_text
from services.core.studio import Studio, studio_info
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.answers import DRAWN, Answers
from studio_app.state.bookings.wizard.places import hourly_of
from studio_app.state.bookings.wizard.price import minutes_of, money_text
from studio_app.state.bookings.wizard.shown import Extras, Fact, FileRow, House, MicCard, RateRow, Review

_REFERRALS = {
    "MANAGER": "manager",
    "ENGINEER": "engineer",
    "TEAM_MEMBER": "team member",
    "EXTERNAL": "somebody outside the studio",
}


def read_house(session: Any, _: Actor) -> House:
    studio = studio_info(session)
    return House(
        name=studio.name,
        phone=studio.phone,
        whatsapp_link=studio.whatsapp_link,
        zone=f"{studio.time_zone.rpartition('/')[2].replace('_', ' ')} time",
        terms=studio.terms,
        policy=studio.cancellation_policy,
        how_to_pay=studio.payment_instructions,
        currency=money_text(0, studio).strip("0.,\u00a0 "),
    )


def read_extras(session: Any, actor: Actor, answers: Answers, draft_token: str) -> Extras:
    studio = studio_info(session)
    mics = () if answers.is_online else catalog.public_mics(session, actor)
    return Extras(
        mics=[_mic(mic, answers, studio) for mic in mics],
        files=[file_row(one) for one in bookings.draft_files(session, actor, draft_token)] if draft_token else [],
        rates=_rates(session, answers, studio) if actor.can(Permission.OVERRIDE_PRICING) else [],
    )


def file_row(upload: UploadView) -> FileRow:
    return FileRow(upload.id, upload.name, _size_text(upload.size))


def read_review(session: Any, actor: Actor, answers: Answers, draft_token: str, is_signed: bool) -> Review:
    studio = studio_info(session)
    files = bookings.draft_files(session, actor, draft_token) if draft_token else ()
    facts = [
        Fact("Name", _joined(answers.person, answers.email, answers.phone), flow.CLIENT),
        Fact("Artist", answers.artist, flow.CLIENT),
        *_session_facts(session, answers, studio),
        Fact("Referred by", _referral(answers), flow.EXTRAS),
        Fact("Notes", answers.notes, flow.EXTRAS),
        Fact("Files", ", ".join(one.name for one in files), flow.EXTRAS),
        Fact("Agreement", _agreement(answers, is_signed), flow.AGREEMENT),
    ]
    return Review([fact for fact in facts if fact.value])


def _session_facts(session: Any, answers: Answers, studio: Studio) -> list[Fact]:
    service = catalog.service_by_code(session, answers.service)
    length = minutes_of(session, answers)
    day = answers.date
    if answers.is_online:
        return [
            Fact("Service", f"{service.name}, online", flow.SERVICE),
            Fact("Day", f"{when.long_day_text(day, studio)}, {answers.period}" if day else "", flow.PLACE),
        ]
    start = datetime.fromisoformat(answers.start)
    rooms = catalog.rooms_by_id(session, answers.room_ids)
    engineer = catalog.engineers_by_id(session, [answers.engineer_id]).get(answers.engineer_id)
    span = when.session_text(start, start + timedelta(minutes=length), studio)
    mics = catalog.mics_by_id(session, [int(mic_id) for mic_id in answers.mics]) if answers.mics else {}
    chosen = [f"{mics[int(one)].name} × {count}" for one, count in answers.mics.items() if count and int(one) in mics]
    return [
        Fact("Service", service.name, flow.SERVICE),
        Fact("Rooms", ", ".join(rooms[one].name for one in answers.room_ids if one in rooms), flow.PLACE),
        Fact("Time", f"{span} ({hours_text(length)})", flow.PLACE),
        Fact("Engineer", engineer.name if engineer else "none", flow.ENGINEER),
        Fact("Microphones", ", ".join(chosen), flow.EXTRAS),
    ]


def _mic(mic: MicView, answers: Answers, studio: Studio) -> MicCard:
    price = f"+{money_text(mic.upcharge_cents, studio)}" if mic.upcharge_cents else "included"
    return MicCard(mic.id, mic.name, mic.description, price, mic.units, answers.mics.get(str(mic.id), 0))


def _rates(session: Any, answers: Answers, studio: Studio) -> list[RateRow]:
    if answers.is_online or not answers.room_ids:
        return []
    service = catalog.service_by_code(session, answers.service)
    rooms = catalog.rooms_by_id(session, answers.room_ids)
    return [
        RateRow(
            str(room.id),
            room.name,
            f"list rate {money_text(hourly_of(room, service, answers), studio)} per hour",
            answers.rates.get(str(room.id), ""),
        )
        for room in rooms.values()
    ]


def _referral(answers: Answers) -> str:
    if not answers.referral_type:
        return ""
    return f"{answers.referral_name} ({_REFERRALS[answers.referral_type]})"


def _agreement(answers: Answers, is_signed: bool) -> str:
    if not is_signed:
        return "not signed yet"
    how = "signed" if answers.sign_as == DRAWN else "accepted"
    return f"{how} by {answers.signer}"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _size_text(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"

"""A slot that went: counted, and answered with what is in the way and what is free."""

from fastapi import Request
from fastapi.responses import JSONResponse

from services.core import db
from services.core.studio import studio_info
from services.scheduling import SlotTaken
from studio_app.api.errors import answer
from studio_app.api.scheduling.schemas import alternatives_json, reasons_json
from studio_app.refused import count_taken


def slot_taken(_: Request, error: SlotTaken) -> JSONResponse:
    count_taken(error)
    zone = db.run(studio_info).zone
    return answer(
        409,
        error.code,
        error.message,
        error.field,
        conflicts=reasons_json(error.answer, zone),
        alternatives=alternatives_json(error.answer, zone),
    )

"""For those who watch over the studio: is it alive, may it get traffic, how is it doing."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from typing_extensions import TypedDict

from services.core import clock, db, migrations, zone_rules
from studio_app.api.answers import documented, ok
from studio_app.api.errors import answer
from studio_app.api.metrics import exposition

router = APIRouter(tags=["Health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    return {"status": "ok"}


class Warned(TypedDict):
    code: str
    message: str


class ReadyAnswer(TypedDict):
    """Ready with a warning is ready: traffic may come, and somebody should look."""

    status: str
    warnings: list[Warned]


@router.get(
    "/readyz", responses=documented(ReadyAnswer) | {503: {"description": "The database is away or not migrated"}}
)
def ready() -> Response:
    try:
        is_current, warnings = db.run(_state)
    except Exception:  # whatever the driver raises: we are not ready
        return answer(503, "database_away", "The database does not answer.")
    if not is_current:
        return answer(503, "not_migrated", "The database is not at the newest schema: run make migrate.")
    return ok({"status": "ok", "warnings": warnings})


def _state(session: Any) -> tuple[bool, list[Warned]]:
    if not migrations.is_current(session):
        return False, []
    differ = zone_rules.studio_difference(session, clock.now())
    return True, [{"code": "zone_rules_differ", "message": differ.message}] if differ else []


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    return Response(exposition(), media_type=CONTENT_TYPE_LATEST)

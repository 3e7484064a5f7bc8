"""For those who watch over the studio: is it alive, may it get traffic, how is it doing."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from services import db, migrations
from studio_app.api.errors import answer
from studio_app.api.metrics import exposition

router = APIRouter(tags=["Health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "The database is away or not migrated"}})
def ready() -> Response:
    try:
        is_current = db.run(migrations.is_current)
    except Exception:  # whatever the driver raises: we are not ready
        return answer(503, "database_away", "The database does not answer.")
    if not is_current:
        return answer(503, "not_migrated", "The database is not at the newest schema: run make migrate.")
    return Response('{"status":"ok"}', media_type="application/json")


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    return Response(exposition(), media_type=CONTENT_TYPE_LATEST)

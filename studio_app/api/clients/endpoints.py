"""What a client may ask for."""

import json
from typing import Any

from fastapi import APIRouter, Response

from services import clients
from studio_app.api.answers import refusals
from studio_app.api.bodies import PathId
from studio_app.api.deps import Who
from studio_app.api.downloads import attachment

router = APIRouter(prefix="/api/clients", tags=["Clients"])

_JSON: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}}, "description": "Everything kept about the client"}
}


@router.get("/{client_id}/export.json", response_class=Response, responses=_JSON | refusals(401, 403, 404, 422))
def export(client_id: PathId, who: Who) -> Response:
    """All of a client's data, for the client."""
    found = who.run(clients.export_client, client_id)
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return attachment(content, f"client-{client_id}.json", "application/json")

"""Large answers: packed, and not sent again to who has them already."""

import gzip
import json
from hashlib import blake2b
from typing import Any

from fastapi import Request, Response

_WORTH_PACKING = 4_000


def compact(request: Request, content: Any) -> Response:
    body = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=1)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers, media_type="application/json")

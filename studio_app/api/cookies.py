"""Cookies that say who is here: no script reads them, and no other site sends them."""

from datetime import datetime
from typing import Any

from fastapi import Response

from services.core.config import settings


def keep_cookie(answer: Response, name: str, token: str, expires: datetime) -> None:
    answer.set_cookie(name, token, expires=expires, **_guarded())


def drop_cookie(answer: Response, name: str) -> None:
    answer.delete_cookie(name, **_guarded())


def _guarded() -> dict[str, Any]:
    return {"path": "/", "secure": settings().is_https, "httponly": True, "samesite": "lax"}

"""Signing in and out. A form gets a redirect, a program JSON."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from typing_extensions import TypedDict

from services import identity
from services.core import db
from services.core.access import Actor, Role
from services.core.errors import DomainError, Invalid, NotSignedIn
from services.identity import Theme
from studio_app import lanes, routes
from studio_app.api.answers import documented, refusals
from studio_app.api.cookies import drop_cookie, keep_cookie
from studio_app.api.deps import Unhurried, Who
from studio_app.api.misshapen import problems
from studio_app.caller import SESSION_COOKIE
from studio_app.recognised import recognised

router = APIRouter(prefix="/api/auth", tags=["Sign-in"])

_REDIRECTS: dict[int | str, dict[str, Any]] = {303: {"description": "To a page, for a form"}}
_REMEMBERED = timedelta(days=30)
"""The cookie outlives what it stands for, so that who comes back late is told why they are to sign in again."""
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class Credentials(BaseModel):
    model_config = ConfigDict(extra="ignore")

    email: str = Field(max_length=320)
    password: str = Field(max_length=1000)
    next: str = Field(default=routes.TODAY, max_length=2000)


class UserJson(TypedDict):
    id: int
    name: str
    email: str
    roles: list[Role]


class SignedInJson(UserJson):
    theme: Theme | None


class UserAnswer(TypedDict):
    user: SignedInJson


class MyselfJson(UserJson):
    permissions: list[str]


class MeAnswer(TypedDict):
    user: MyselfJson


def safe_next(path: str) -> str:
    """A path of ours, or the dashboard: nobody is sent to another site by a link to /login."""
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return path if is_ours and path.isprintable() else routes.TODAY


@router.post(
    "/login",
    responses=documented(UserAnswer, 400, 401, 403, 413, 422, 423, 429) | _REDIRECTS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": Credentials.model_json_schema()} for kind in ("application/json", _FORM_TYPES[0])
            },
        }
    },
)
async def login(request: Request, who: Unhurried) -> Response:
    is_form = request.headers.get("content-type", "").startswith(_FORM_TYPES)
    given = await _credentials(request, is_form)
    try:
        signed_in = await lanes.in_turn(
            who, db.run, identity.sign_in, given.email, given.password, who.ip, who.user_agent
        )
    except DomainError as refusal:
        if not is_form:
            raise
        return _back_to_form(refusal, given.next)
    recognised.note(signed_in.token, True)
    if who.token:  # whoever was signed in here: nobody has that cookie any more
        await lanes.in_turn(who, who.run, identity.sign_out)
    answer: Response = (
        RedirectResponse(safe_next(given.next), 303)
        if is_form
        else JSONResponse({"user": _user(signed_in.user) | {"theme": signed_in.user.theme}})
    )
    keep_cookie(answer, SESSION_COOKIE, signed_in.token, signed_in.expires_at + _REMEMBERED)
    return answer


@router.post("/logout", status_code=204, responses=refusals(403) | _REDIRECTS)
def logout(request: Request, who: Who) -> Response:
    who.run(identity.sign_out)
    is_form = "text/html" in request.headers.get("accept", "")
    answer = RedirectResponse(routes.SIGNED_OUT, 303) if is_form else Response(status_code=204)
    drop_cookie(answer, SESSION_COOKIE)
    return answer


@router.get("/me", responses=documented(MeAnswer, 401))
def me(who: Who) -> dict[str, Any]:
    actor = who.actor()
    if not actor.is_signed_in:
        raise NotSignedIn("Please sign in first.")
    return {"user": _user(actor) | {"permissions": sorted(permission.name for permission in actor.permissions)}}


async def _credentials(request: Request, is_form: bool) -> Credentials:
    try:
        if is_form:
            return Credentials.model_validate(dict(await request.form(max_files=0, max_fields=10)))
        return Credentials.model_validate_json(await request.body())
    except ValidationError as error:
        sentence, field = problems(error.errors())[0]
        raise Invalid(sentence, field=field) from error


def _back_to_form(refusal: DomainError, next_path: str) -> RedirectResponse:
    return RedirectResponse(f"{routes.LOGIN}?refused={refusal.code}&next={quote(safe_next(next_path))}", 303)


def _user(person: identity.UserView | Actor) -> dict[str, Any]:
    user_id = person.user_id if isinstance(person, Actor) else person.id
    return {"id": user_id, "name": person.name, "email": person.email, "roles": sorted(person.roles)}

import reflex as rx

from services.core.config import settings
from studio_app.gate import public
from studio_app.state.base import AppState

_DEMO_ROLES = ("admin", "manager", "agent", "engineer", "performer", "finance", "intern")
_REFUSALS = {
    "wrong_sign_in": "That e-mail and password do not belong together.",
    "locked": "Too many wrong tries. This account is locked for a quarter of an hour.",
    "too_many_requests": "Too many tries from your address. Wait a minute and try again.",
}


class LoginState(AppState):
    refusal: str = ""
    """Why the plain form came back; with scripts the answer stays on the page."""
    next_path: str = ""
    is_signed_out: bool = False
    """Somebody has just signed out here."""
    is_ended: bool = False
    """It was somebody's who did not sign out: time ran out, or it was ended elsewhere."""
    demo_emails: list[str] = []

    @rx.event
    @public
    async def load(self) -> None:
        query = self.router.url.query_parameters
        refused = query.get("refused", "")
        self.refusal = _REFUSALS.get(refused, "That sign-in did not work. Please try again.") if refused else ""
        self.is_signed_out = "signed_out" in query and not refused
        self.is_ended = "ended" in query and not refused
        self.next_path = query.get("next", "")
        self.demo_emails = [f"{role}@demo.studio" for role in _DEMO_ROLES] if settings().studio_demo else []

from datetime import datetime

from services.core.errors import Conflict, Invalid, Locked, NotFound, NotSignedIn


class WrongSignIn(NotSignedIn):
    """The same for an unknown e-mail, a wrong password and a deactivated user."""

    code = "wrong_sign_in"

    def __init__(self) -> None:
        super().__init__("That e-mail and password do not belong together.")


class AccountLocked(Locked):
    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = max(1, -int((now - until).total_seconds() // 60))
        super().__init__(
            f"Too many wrong tries. This account is locked for {minutes} more minute{'s' if minutes > 1 else ''}.",
            details={"locked_until": until.isoformat()},
        )


class EmailTaken(Conflict):
    code = "email_taken"

    def __init__(self, email: str) -> None:
        super().__init__(f"Another user signs in with {email}.", field="email")


class LastAdmin(Conflict):
    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("This is the last active administrator. Make someone else an administrator first.")


class ResetLinkSpent(Invalid):
    code = "reset_link_spent"

    def __init__(self) -> None:
        super().__init__("This link has expired or was used already. Ask for a new one.", field="token")


class NoSuchUser(NotFound):
    def __init__(self) -> None:
        super().__init__("This user does not exist.")

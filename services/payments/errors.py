from services.core.errors import Conflict


class AuthorizationRequired(Conflict):
    """No payment without the client's authorization (domain 5, step 9)."""

    code = "authorization_required"

    def __init__(self, number: str) -> None:
        super().__init__(f"No payment can be taken for {number} until the client has signed.", field="authorization")


class Overpayment(Conflict):
    """More than is owed: asked about, not refused for good."""

    code = "overpayment"

    def __init__(self, balance_cents: int, balance: str) -> None:
        super().__init__(
            f"Only {balance} is owed. Record more all the same?",
            field="amount_cents",
            details={"balance_cents": balance_cents},
        )

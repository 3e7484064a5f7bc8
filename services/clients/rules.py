"""Pure rules of clients: what their forms may hold beyond plain texts."""

from models.clients import ClientStatus
from services.core.checking import noted
from services.core.errors import Invalid
from services.core.fields import clean, parse_line, parse_text, parse_word
from services.core.phones import parse_extension

_BUDGET_LIMIT_CENTS = 2_000_000_000


@noted
def parse_numbers(typed: str | None, extension: str, region: str | None) -> dict[str, str | None]:
    """Phone and extension: it has its field; behind the number it is understood, too."""
    apart = parse_extension(extension)
    if not typed or not clean(typed):
        if apart:
            raise Invalid("An extension needs the number it belongs to.", field="phone")
        return {"phone": None, "phone_extension": ""}
    phone = parse_line(typed, region)
    if apart and phone.extension and apart != phone.extension:
        raise Invalid(f"The number says extension {phone.extension}. Which one is it?", field="phone_extension")
    return {"phone": phone.number, "phone_extension": apart or phone.extension}


@noted
def parse_budget(cents: int | None, field: str) -> int | None:
    if cents is not None and not 0 <= cents <= _BUDGET_LIMIT_CENTS:
        raise Invalid("The budget is an amount from 0 to 20,000,000.", field=field)
    return cents


@noted
def parse_status(word: str, field: str) -> ClientStatus:
    status = parse_word(ClientStatus, word, field)
    if status is ClientStatus.ANONYMISED:
        raise Invalid("A client is anonymised by its own command.", field=field)
    return status


@noted
def parse_map_link(link: str, field: str) -> str:
    """Shown as a link: nothing but a web page may be behind it."""
    link = parse_text(link, field, "The map link", limit=1_000)
    if link and not link.lower().startswith(("https://", "http://")):
        raise Invalid("The map link starts with https://", field=field)
    return link

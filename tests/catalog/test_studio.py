from dataclasses import replace
from decimal import Decimal

import pytest
from sqlmodel import Session

from services import catalog
from services.core.access import Actor
from services.core.errors import Invalid, NotAllowed
from services.core.studio import Studio, studio_info
from tests import cast
from tests.catalog.details import last_audit


def test_other_terms_are_a_new_version(session: Session, admin: Actor, studio: Studio) -> None:
    changed = catalog.update_studio(session, admin, replace(studio, terms="Be kind to the piano."))

    assert changed.terms_version == studio.terms_version + 1
    assert last_audit(session).changes["after"]["terms"] == "Be kind to the piano."


def test_anything_else_keeps_the_version(session: Session, admin: Actor, studio: Studio) -> None:
    changed = catalog.update_studio(
        session,
        admin,
        replace(studio, time_zone="Europe/Berlin", tax_rate_pct=Decimal("8.875"), phone="+1 212 555 0140"),
    )

    assert (str(changed.zone), changed.tax_rate_pct, changed.terms_version) == ("Europe/Berlin", Decimal("8.875"), 1)
    assert changed.phone == "+1 212 555 0140"
    assert studio_info(session) == changed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("currency", "usd"),
        ("currency", "JPY"),
        ("currency", "XXQ"),
        ("locale", "klingon"),
        ("phone_region", "us"),
        ("phone", "call us"),
        ("map_link", "javascript:alert(1)"),
        ("tax_rate_pct", Decimal(101)),
        ("tax_rate_pct", Decimal("1.23456")),
        ("latitude", Decimal(91)),
        ("deposit_pct", 101),
        ("deposit_deadline_hours", 0),
        ("no_show_fee_pct", -1),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    session: Session, admin: Actor, studio: Studio, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.update_studio(session, admin, replace(studio, **{field: value}))  # type: ignore[arg-type]

    assert refused.value.field == field


def test_the_studio_is_the_administrators_to_change(session: Session, studio: Studio) -> None:
    dana = cast.dana(session)

    assert catalog.get_studio(session, dana) == studio
    with pytest.raises(NotAllowed):
        catalog.update_studio(session, dana, studio)

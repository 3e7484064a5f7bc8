"""Says so on every screen where there is no connection."""

import reflex as rx

_FILE = rx.asset("offline.jsx", shared=True)


class _Offline(rx.Component):
    library = _FILE.importable_path
    tag = "Offline"


def offline() -> rx.Component:
    return _Offline.create()

"""The app: pages, the gate before them, and the API in the same port."""

import reflex as rx

from studio_app.api.app import make_api
from studio_app.api.watch import Watch
from studio_app.components import offline
from studio_app.front import Front
from studio_app.gate import Gate
from studio_app.lifespan import worker
from studio_app.pages import registry
from studio_app.state.base import calm_toast
from studio_app.tabs import OwnTab

app = rx.App(
    stylesheets=["/fonts.css", "/tokens.css", "/components.css", "/wizard.css", "/calendar.css", "/quick-line.css"],
    html_lang="en",
    head_components=[
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#5753c6"),
    ],
    toaster=rx.toast.provider(position="bottom-right", close_button=True, expand=True, rich_colors=False),
    api_transformer=[Front, make_api(), Watch],
    backend_exception_handler=calm_toast,
)
app.app_wraps[5, "Overlay"] = lambda _: rx.fragment(offline())
app.add_middleware(Gate())
app.add_middleware(OwnTab())
app.register_lifespan_task(worker)
registry.register(app)

"""Reflex settings only. What the studio can be told from outside is in services/core/config.py."""

import reflex as rx

from services.core.config import settings

config = rx.Config(
    app_name="studio_app",
    api_url=settings().public_url,
    deploy_url=settings().public_url,
    cors_allowed_origins=settings().origins,
    trusted_proxy_hops=settings().trusted_proxy_hops,
    redis_url=settings().redis_url or None,
    frontend_compression_formats=["brotli", "gzip"],
    frontend_packages=["@fontsource-variable/inter@5.2.8"],
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(accent_color="iris", gray_color="slate", radius="medium", has_background=False)
        )
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

import reflex as rx

from services import catalog
from services.catalog import ResourceKind
from services.core import money
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.catalog.performers import performer_details
from studio_app.state.catalog.resource import Commands, ResourceEditor, SignInEditor
from studio_app.state.editor import EditorState
from studio_app.state.form import id_in_path

P = Permission


class PerformerState(SignInEditor, ResourceEditor, EditorState):
    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load(self) -> None:
        await self._visit(id_in_path(self.settings_performer))

    def _commands(self) -> Commands:
        return Commands(
            catalog.update_performer, performer_details, catalog.retire_performer, catalog.restore_performer
        )

    async def _fetch(self) -> None:
        one, _ = await self._read(catalog.get_performer, self.resource_id)
        self.name, self.is_retired = one.name, one.deleted_at is not None
        self.details = {
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "skills": "\n".join(one.skills),
            "default_rate_cents": money.to_text(one.default_rate_cents),
            "notes": one.notes,
        }
        await self._fetch_sign_in(ResourceKind.PERFORMER, one.user_id)

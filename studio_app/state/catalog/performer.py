import reflex as rx

from services import catalog
from services.catalog import PerformerDetails, ResourceKind
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.catalog.resource import Commands, ResourceEditor, SignInEditor
from studio_app.state.editor import EditorState
from studio_app.state.form import form_texts, id_in_path

P = Permission


class PerformerState(SignInEditor, ResourceEditor, EditorState):
    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load(self) -> None:
        await self._visit(id_in_path(self.settings_performer))

    def _commands(self) -> Commands:
        return Commands(PerformerDetails, catalog.update_performer, catalog.retire_performer, catalog.restore_performer)

    async def _fetch(self) -> None:
        one, _ = await self._read(catalog.get_performer, self.resource_id)
        self.name, self.is_retired = one.name, one.deleted_at is not None
        self.details = form_texts(PerformerDetails, one)
        await self._fetch_sign_in(ResourceKind.PERFORMER, one.user_id)

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from stories.moderation.deputies import offices_of
from stories.moderation.permissions import on_board
from stories.pages.desk.queue import count


class QueueItem(MenuItem):
    """“Hàng chờ duyệt (12)”, for Ban Tuyên giáo and their deputies."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Hàng chờ duyệt"),
            reverse_lazy("desk_queue"),
            name="desk-queue",
            icon_name="list-ul",
            order=90,
        )

    def is_shown(self, request) -> bool:
        return on_board(request.user)

    def render_component(self, request) -> LinkMenuItem:
        component = super().render_component(request)
        if waiting := count():
            component.label = _("Hàng chờ duyệt (%(n)d)") % {"n": waiting}
        return component


class BundleItem(MenuItem):
    """Beside the queue, for the same people."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Chùm bài"),
            reverse_lazy("desk_bundles"),
            name="desk-bundles",
            icon_name="copy",
            order=91,
        )

    def is_shown(self, request) -> bool:
        return on_board(request.user)


class DeputyItem(MenuItem):
    """For those who hold an office that they can hand over for a while."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Ủy quyền"),
            reverse_lazy("desk_deputies"),
            name="desk-deputies",
            icon_name="user",
            order=700,
        )

    def is_shown(self, request) -> bool:
        return request.user.is_superuser or bool(offices_of(request.user))

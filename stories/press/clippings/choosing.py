"""In the press room's forms: which item is meant, of those that the client may name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.press.clippings import items
from stories.press.models import PressClient


class ItemFields(forms.BaseForm):
    """Adds `item` (what the client took last) and `address`; `chosen` is the Item or None.

    Who names an item that isn't for her client hears what she would hear of one that isn't there.
    """

    is_item_required = False

    def __init__(self, *args: Any, client: PressClient, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.press_client = client
        named = items.recent(client)
        if about and (item := items.found_for(client, about)) is not None:
            first = items.titled(client, [item])
            named = [*first, *(one for one in named if one.item.pk != item.pk)]
            self.initial["item"] = str(item.pk)
        self._known = {str(one.item.pk): one.item for one in named}
        nothing = _("– chọn một bài –") if self.is_item_required else _("Không về bài nào")
        self.fields["item"] = forms.ChoiceField(
            label=_("Bài của Hội"),
            choices=[("", nothing), *((str(one.item.pk), one.title) for one in named)],
            required=False,
            help_text=_("Những bài quý cơ quan đã lấy gần đây."),
        )
        self.fields["address"] = forms.CharField(
            label=_("Hoặc địa chỉ bài trên trang của Hội, mã bài"),
            max_length=1000,
            required=False,
            help_text=_("Khi bài không có trong danh sách."),
        )
        if self.field_order:
            self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["chosen"] = self._known.get(data.get("item", ""))
        if address := data.get("address"):
            data["chosen"] = items.found_for(self.press_client, address)
            if data["chosen"] is None:
                self.add_error("address", NOT_FOUND)
        elif data["chosen"] is None and self.is_item_required and "item" not in self.errors:
            self.add_error("item", _("Hãy chọn bài, hoặc ghi địa chỉ bài ở ô dưới."))
        return data


NOT_FOUND = gettext_lazy("Không thấy bài nào ở địa chỉ, mã này.")

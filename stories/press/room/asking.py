"""What a reporter asks for: words and filters, in the address and in a saved topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stories.pages.models import Content, TargetGroup
from stories.pages.models.choices import ExemplarKind
from stories.releases.models import Item
from stories.units.models import Unit
from stories.units.selectors import fold

LONGEST = 200  # letters of a question
TYPES = {"": _("Bài và hồ sơ"), "story": _("Bài"), "exemplar": _("Hồ sơ"), "picture": _("Ảnh")}
READ = (Item.Type.STORY, Item.Type.EXEMPLAR)  # what is listed where no type is chosen
FACETS = ("unit", "group", "content", "kind")
_CODE = re.compile(r"[\w.-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """Empty values ask for everything. Codes that mean nothing find nothing."""

    q: str = ""
    type: str = ""
    unit: str = ""
    group: str = ""
    content: str = ""
    kind: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> Question:
        """What the parameters ask; what can't be a code is passed over, as is what is unknown."""
        codes = {name: params.get(name, "") for name in FACETS}
        kept = {name: code for name, code in codes.items() if _CODE.fullmatch(code)}
        wanted = params.get("type", "")
        words = " ".join(params.get("q", "").replace("\x00", " ").split())[:LONGEST]
        return cls(q=words, type=wanted if wanted in TYPES else "", **kept)

    @classmethod
    def stored(cls, query: str) -> Question:
        return cls.of(QueryDict(query))

    @property
    def params(self) -> dict[str, str]:
        """The shortest that `of` reads back to the same question."""
        return {name: value for name, value in asdict(self).items() if value}

    def of_type(self, name: str) -> str:
        """The parameters of the same question about another type."""
        return replace(self, type=name).query

    @property
    def query(self) -> str:
        return urlencode(self.params)

    @property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        return {name: (value,) for name in FACETS if (value := getattr(self, name))}

    @property
    def types(self) -> tuple[str, ...]:
        return (self.type,) if self.type else READ


def choices() -> dict[str, list[tuple[str, str]]]:
    """For each facet (code, name); three queries. They are the site's own lists: they say nothing
    of what was released."""
    former = Q(level=Unit.Level.DISTRICT)
    today = Q(level=Unit.Level.COMMUNE, pk__in=Unit.objects.active().values("pk"))
    units = Unit.objects.filter(former | today).values_list("code", "name", "short")
    ordered = sorted(units, key=lambda unit: (fold(unit[2]), unit[0]))
    return {
        "unit": [(code, name) for code, name, _short in ordered],
        "group": list(TargetGroup.objects.filter(is_active=True).values_list("code", "name")),
        "content": list(Content.objects.filter(is_active=True).values_list("code", "name")),
        "kind": list(ExemplarKind.choices),
    }

"""Whom a page names: its own people, and those of the exemplars that it tells of."""

from __future__ import annotations

from media.models import Person


def named(page) -> list[str]:
    """Sorted uuids of the people that the page, as it is in memory, names or tells of."""
    pks = {one.person_id for one in page.named_people.all()}
    pks.add(getattr(page, "person_id", None))
    if page.item_type == "story":
        pks |= {told.exemplar.person_id for told in page.told_exemplars.all()}
    pks.discard(None)
    if not pks:
        return []
    return sorted(
        str(uuid) for uuid in Person.objects.filter(pk__in=pks).values_list("uuid", flat=True)
    )

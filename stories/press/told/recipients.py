"""Whom a client's mail about corrections and withdrawals goes to.

The newsroom's contact, and those of its people who took one of the items in the press room: the
text lies in their computers. Where that is nobody, all its people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from stories.press.models import PressClient, PressDownload, PressPerson


def of(client: PressClient, items: Collection[UUID]) -> list[str]:
    """Addresses, the contact's first, each once; none where the client has nobody (two queries)."""
    people = PressPerson.objects.active().filter(client=client).order_by("pk")
    acts = PressDownload.objects.filter(client=client, item__in=items)
    takers = list(people.filter(pk__in=acts.values("person")).values_list("email", flat=True))
    contact = client.contact_email
    chosen = [contact] * bool(contact) + [one for one in takers if one != contact.lower()]
    return chosen or list(people.values_list("email", flat=True))


def reachable(clients: Iterable[PressClient]) -> set[int]:
    """Those of the clients (by number) whom a mail can reach at all (one query)."""
    clients = list(clients)
    people = PressPerson.objects.active().filter(client__in=clients)
    peopled = set(people.order_by().values_list("client", flat=True))
    return {one.pk for one in clients if one.contact_email or one.pk in peopled}


def took(client: PressClient, item: UUID) -> list[str]:
    """Names of the client's people who took the item, in the order of their names."""
    acts = PressDownload.objects.filter(client=client, item=item)
    return list(acts.order_by("person__name").values_list("person__name", flat=True).distinct())

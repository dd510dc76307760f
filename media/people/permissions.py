"""Who may see and change people: as pictures of the same collection.

| who | her unit's people | of units below | of others |
| --- | --- | --- | --- |
| editors and reviewers of a unit | see, change | see | – |
| Ban Tuyên giáo, administrators | see, change | see, change | see, change |
| Văn phòng | see | see | see |

A deputy also sees whom those see for whom they stand in.
"""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.images.models import Image
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from media.people.models import Person
from media.standing_in import with_those_stood_in_for

SEE = ("choose", "change")


class PeoplePolicy(CollectionPermissionPolicy):
    """Rights on pictures are rights on people."""

    def __init__(self) -> None:
        super().__init__(Person, auth_model=Image)


def register() -> None:
    register_permission_policy(Person, PeoplePolicy())


def policy() -> PeoplePolicy:
    return policy_registry.get_by_type(Person)


def visible(user) -> QuerySet[Person]:
    """All that the user may see."""
    found = Person.objects.none()
    if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return found
    for one in with_those_stood_in_for(user):
        found |= policy().instances_user_has_any_permission_for(one, SEE)
    return found.current()


def may_see(user, person: Person) -> bool:
    return visible(user).filter(pk=person.pk).exists()


def may_change(user, person: Person) -> bool:
    return policy().user_has_permission_for_instance(user, "change", person)


def may_merge(user, one: Person, other: Person) -> bool:
    """Who may change both."""
    return may_change(user, one) and may_change(user, other)


def may_add(user) -> bool:
    return policy().user_has_permission(user, "add")


def may_look(user) -> bool:
    """Whether there is a list of people for the user at all."""
    return any(policy().user_has_any_permission(one, SEE) for one in with_those_stood_in_for(user))


def collections_to_add_to(user) -> QuerySet[Collection]:
    return policy().collections_user_has_permission_for(user, "add").order_by("path")

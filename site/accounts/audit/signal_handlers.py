"""Accounts on record: sign-ins, users, groups, and what they may do.

No password is ever recorded, nor an unknown account name: people type passwords into that field.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.audit.actions import Action
from accounts.audit.services import Act, record, record_all
from accounts.models import User

TOLD = ("username", "is_active", "is_staff", "is_superuser")  # with their values
WATCHED = (*TOLD, "email", "password")  # the others: that they changed


def named(instance: Model) -> str:
    """The audit's name of a user or a group."""
    return f"user:{instance.username}" if isinstance(instance, User) else f"group:{instance.name}"


def _from(request) -> dict:
    return {"address": request.META.get("REMOTE_ADDR", "")} if request is not None else {}


@receiver(user_logged_in)
def signed_in(sender, user, request=None, **kwargs) -> None:
    record(actor=user, action=Action.SIGNED_IN, target=named(user), data=_from(request))


@receiver(user_login_failed)
def sign_in_failed(sender, credentials, request=None, **kwargs) -> None:
    name = str(credentials.get(User.USERNAME_FIELD) or "")[:150]
    known = get_user_model().objects.filter(username=name).exists()
    target = f"user:{name}" if known else "user:?"
    record(action=Action.SIGN_IN_FAILED, target=target, data=_from(request))


@receiver(pre_save, sender=User)
def what_changes(sender, instance, raw, update_fields=None, **kwargs) -> None:
    instance._audit_changes = {}
    watched = [name for name in WATCHED if update_fields is None or name in update_fields]
    if raw or instance._state.adding or not watched:
        return
    stored = User.objects.filter(pk=instance.pk).values(*watched).first() or {}
    for name, old in stored.items():
        new = getattr(instance, name)
        if old != new:
            instance._audit_changes[name] = [old, new] if name in TOLD else True


@receiver(post_save, sender=User)
def user_saved(sender, instance, created, raw, **kwargs) -> None:
    if raw:
        return
    if created:
        flags = {name: getattr(instance, name) for name in TOLD[1:]}
        record(action=Action.USER_CREATED, target=named(instance), data=flags)
    elif changes := instance._audit_changes:
        record(action=Action.USER_CHANGED, target=named(instance), data=changes)


@receiver(post_save, sender=Group)
def group_saved(sender, instance, created, raw, **kwargs) -> None:
    if created and not raw:
        record(action=Action.GROUP_CREATED, target=named(instance))


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def deleted(sender, instance, **kwargs) -> None:
    action = Action.USER_DELETED if sender is User else Action.GROUP_DELETED
    record(action=action, target=named(instance))


@receiver(m2m_changed, sender=User.groups.through)
def membership(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    def changed(pks: set[int]) -> list[tuple[Model, list[str]]]:
        if reverse:
            return [(user, [instance.name]) for user in User.objects.filter(pk__in=pks)]
        names = Group.objects.filter(pk__in=pks).order_by("name").values_list("name", flat=True)
        return [(instance, list(names))]

    manager = instance.user_set if reverse else instance.groups
    pks = _touched(action, pk_set, manager)
    kind = Action.GROUPS_ADDED if action == "post_add" else Action.GROUPS_REMOVED
    if pks:
        record_all([Act(kind, named(who), data={"groups": what}) for who, what in changed(pks)])


@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def permissions(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    if reverse:  # from a permission to its holders: nobody does, and the holder isn't `instance`
        return
    field = "user_permissions" if isinstance(instance, User) else "permissions"
    pks = _touched(action, pk_set, getattr(instance, field))
    kind = Action.PERMISSIONS_ADDED if action == "post_add" else Action.PERMISSIONS_REMOVED
    if pks:
        codes = model.objects.filter(pk__in=pks).values_list("codename", flat=True)
        record(action=kind, target=named(instance), data={"permissions": sorted(codes)})


def _touched(action: str, pk_set: set[int] | None, manager) -> set[int]:
    """Ids that were added or taken away; a `clear` doesn't name them, so they are read before."""
    if action == "pre_clear":
        return set(manager.values_list("pk", flat=True))
    return set(pk_set or ()) if action in ("post_add", "post_remove") else set()


@receiver(post_save, sender=GroupPagePermission)
@receiver(post_save, sender=GroupCollectionPermission)
def permission_on_a_place_given(sender, instance, created, raw, **kwargs) -> None:
    if created and not raw:
        _place(instance, Action.PERMISSIONS_ADDED)


@receiver(post_delete, sender=GroupPagePermission)
@receiver(post_delete, sender=GroupCollectionPermission)
def permission_on_a_place_taken(sender, instance, **kwargs) -> None:
    _place(instance, Action.PERMISSIONS_REMOVED)


def _place(instance, action: Action) -> None:
    kind = "page" if isinstance(instance, GroupPagePermission) else "collection"
    data = {
        "permissions": [instance.permission.codename],
        kind: getattr(instance, f"{kind}_id"),
    }
    record(action=action, target=named(instance.group), data=data)

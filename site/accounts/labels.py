"""Names that Django and Wagtail leave in English however good the catalogue is.

Some they write into the database (permissions, the roots of the trees), some they make of the name
of a Python attribute (the columns of a table).
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils.translation import gettext, gettext_lazy, override
from wagtail.models import Collection, Page

from accounts import permission_names

COLUMNS = {
    "port": gettext_lazy("Cổng"),
    "site_name": gettext_lazy("Tên trang web"),
    "root_page": gettext_lazy("Trang gốc"),
}


def name_permissions(sender, app_config, using: str, **kwargs) -> None:
    """After `migrate`: the app's permissions get Vietnamese names."""
    create_permissions(app_config, verbosity=0, using=using, apps=apps)  # may come after us
    found = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    with override("vi"):
        renamed = []
        for one in found:
            name = permission_names.told(one.codename)[:255]
            if name not in (one.codename, one.name):
                one.name = name
                renamed.append(one)
    Permission.objects.using(using).bulk_update(renamed, ["name"])


def name_roots(sender, using: str, **kwargs) -> None:
    """After `migrate`: the page and the collection over all others."""
    with override("vi"):
        root = gettext("Gốc")
    _rename(Page, using, {"title": root, "draft_title": root}, title="Root")
    _rename(Collection, using, {"name": root}, name="Root")


def _rename(model: type[Model], using: str, values: dict[str, str], **known: str) -> None:
    model._base_manager.using(using).filter(depth=1, **known).update(**values)


def name_columns() -> None:
    """Wagtail gives these columns no label, and makes one of the attribute's name."""
    from wagtail.sites.views import IndexView

    for column in IndexView.columns:
        column.label = COLUMNS.get(column.name, column.label)

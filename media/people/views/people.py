"""The list of people, one person's page, and writing down who she is."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import policy_registry

from media.models import Picture
from media.people import permissions, selectors, services
from media.people.forms import PersonForm
from media.people.models import Person
from media.people.states import rows
from media.people.views.access import own_person, seen_person

PER_PAGE = 30
MOST = 50  # pictures and pages listed on a person's page
FILTERS = {
    "": gettext_lazy("Tất cả"),
    "chua": gettext_lazy("Chưa có đồng ý còn hiệu lực"),
    "sap-het": gettext_lazy("Hết hạn trong 60 ngày"),
    "rut": gettext_lazy("Đã rút lại"),
    "tre-em": gettext_lazy("Chưa đủ 18 tuổi"),
}


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/con-nguoi/?q=&loc=&p=`; the people whom the user may see."""
    if not permissions.may_look(request.user):
        raise PermissionDenied
    text, chosen = request.GET.get("q", "").strip()[:120], request.GET.get("loc", "")
    everyone = selectors.with_state(permissions.visible(request.user))
    found = _filtered(everyone.found(text) if text else everyone, chosen)
    page = Paginator(found.select_related("collection"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Con người và sự đồng ý"),
        "icon": "user",
        "q": text,
        "chosen": chosen,
        "filters": FILTERS.items(),
        "page": page,
        "soon": selectors.ending_soon(everyone).count(),
        "may_add": permissions.may_add(request.user),
    }
    return render(request, "media/people/list.html", context)


def _filtered(people, chosen: str):
    match chosen:
        case "chua":
            return people.filter(is_agreed=False)
        case "sap-het":
            return selectors.ending_soon(people)
        case "rut":
            return people.filter(has_withdrawn=True)
        case "tre-em":
            return people.minors(timezone.localdate())
    return people


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/`: what is known of her, agreed, shown and told."""
    if (kept := _kept(request, pk)) is not None:
        return redirect("person", kept.pk)
    one = seen_person(request, pk)
    consents = rows(one, timezone.localdate())
    context = {
        "title": one.name,
        "icon": "user",
        "person": one,
        "is_minor": one.is_minor(),
        "consents": [row for row in consents if row.consent.recorded_at],
        "waiting": next((row.consent for row in consents if not row.consent.recorded_at), None),
        "pictures": _pictures(request.user, one),
        "pages": _pages(request.user, one),
        "may_change": permissions.may_change(request.user, one),
        "may_withdraw": any(row.may_be_withdrawn for row in consents),
    }
    return render(request, "media/people/person.html", context)


def _kept(request: HttpRequest, pk: int) -> Person | None:
    """Where a merged record went, if the user may see that."""
    return permissions.visible(request.user).filter(merged=pk).first()


def _pictures(user, one: Person) -> list[Picture]:
    """Those that show her, in the collections that the user may see."""
    policy = policy_registry.get_by_type(Picture)
    own = policy.instances_user_has_any_permission_for(user, ["choose", "change"])
    shown = selectors.pictures_of(one).filter(pk__in=own.values("pk"))
    return list(shown.prefetch_related("renditions")[:MOST])


def _pages(user, one: Person) -> list[Page]:
    """Those that name her: the public ones, and the drafts that the user may read."""
    found = selectors.pages_naming(one)
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    return list(
        (found.filter(live=True) | found.filter(pk__in=own.values("pk")))
        .distinct()
        .specific()[:MOST]
    )


def add(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/con-nguoi/them/`"""
    if not permissions.may_add(request.user):
        raise PermissionDenied
    return _form(request, Person(), _("Ghi tên một người"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/sua/`"""
    return _form(request, own_person(request, pk), _("Sửa thông tin"))


def _form(request: HttpRequest, one: Person, title: str) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=one, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_person(person=form.instance, user=request.user)
        messages.success(request, _("Đã lưu “%(name)s”.") % {"name": form.instance.name})
        return redirect("person", form.instance.pk)
    context = {"title": title, "icon": "user", "form": form, "person": one, "button": _("Lưu")}
    return render(request, "media/people/form.html", context)

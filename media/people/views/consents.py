"""Printing a form, recording what was signed, showing the signed form, taking a yes back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from media.people import selectors, services
from media.people.forms import ConsentForm, SignedForm, WithdrawForm
from media.people.models import Person
from media.people.views.access import own_person, seen_consent, seen_person

# What a browser opens by itself; anything else is only stored. No CSP: it stops PDF viewers.
SHOWN_AS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
MOST = 50  # pages told of before someone is taken out of them
MIMETYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_POST
def print_form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/phieu.<kind>`: the form to sign, with the code of its record."""
    person = own_person(request, pk)
    if kind not in MIMETYPES:
        raise Http404
    # What sets PDF files takes 20 MB: only the worker that prints needs it.
    from media.people.printing import pdf, text, word

    consent = services.prepare_consent(person=person)
    render_ = {"docx": word.render, "pdf": pdf.render}[kind]
    response = HttpResponse(render_(text.of(consent)), content_type=MIMETYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{consent.code}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """`/quan-tri/con-nguoi/phieu/<code>/`: where the form's QR code leads."""
    return redirect("person", seen_consent(request, code=code).person_id)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/ghi-nhan/`: what the paper says, with its photograph."""
    person = own_person(request, pk)
    if person.is_minor() and person.guardian is None:
        messages.warning(request, _("Người này chưa đủ 18 tuổi. Trước hết hãy ghi người giám hộ."))
        return redirect("person_edit", person.pk)
    form = ConsentForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            _record(person, request.user, form)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(
                request, _("Đã ghi nhận sự đồng ý của %(name)s.") % {"name": person.name}
            )
            return redirect("person", person.pk)
    context = {"form": form, "button": _("Ghi nhận")}
    return _screen(request, person, _("Ghi nhận đồng ý"), context)


@transaction.atomic
def _record(person: Person, user, form: ConsentForm) -> None:
    said = dict(form.cleaned_data)
    consent = services.prepare_consent(person=person, code=said.pop("code", ""))
    services.record_consent(consent=consent, user=user, **said)


def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/dong-y/<pk>/phieu/them/`: the signed form of a recorded consent."""
    consent = seen_consent(request, pk=pk)
    person = own_person(request, consent.person_id)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.attach_form(consent=consent, user=request.user, **form.cleaned_data)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã lưu phiếu %(code)s.") % {"code": consent.code})
        return redirect("person", person.pk)
    title = _("Lưu phiếu đã ký %(code)s") % {"code": consent.code}
    return _screen(request, person, title, {"form": form, "button": _("Lưu phiếu")})


@require_safe
def signed_form(request: HttpRequest, pk: int) -> FileResponse:
    """`/quan-tri/con-nguoi/dong-y/<pk>/phieu/`: for those who may see the person, nobody else."""
    consent = seen_consent(request, pk=pk)
    if not consent.form:
        raise Http404
    try:
        file = consent.form.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = consent.form.name.rsplit(".", 1)[-1]
    shown = suffix in SHOWN_AS
    response = FileResponse(
        file,
        as_attachment=not shown,
        filename=f"{consent.code}.{suffix}",
        content_type=SHOWN_AS.get(suffix, "application/octet-stream"),
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/rut-lai/`: whoever may see a person may write down her no."""
    person = seen_person(request, pk)
    form = WithdrawForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        code = _withdraw(form, request.user)
        messages.success(request, _("Đã ghi: %(name)s rút lại sự đồng ý.") % {"name": person.name})
        return redirect("takedown_of_consent", code)  # a screen of those who carry it out
    if not form.fields["consents"].queryset.exists():
        messages.warning(request, _("Không còn phiếu nào để rút lại."))
        return redirect("person", person.pk)
    context = {
        "form": form,
        "button": _("Rút lại sự đồng ý"),
        "serious": True,
        "leaving": selectors.pages_naming(person).filter(live=True)[:MOST],
        "pictures": selectors.pictures_of(person).count(),
    }
    return _screen(request, person, _("Rút lại sự đồng ý"), context)


@transaction.atomic
def _withdraw(form: WithdrawForm, user) -> str:
    """The code of the last one: with it went all that the others still covered."""
    said = form.cleaned_data
    for consent in said["consents"]:
        services.withdraw_consent(
            consent=consent, user=user, how=said["how"], when=said["when"], by=said["by"]
        )
    return consent.code


def _screen(request: HttpRequest, person: Person, title: str, context: dict) -> HttpResponse:
    shown = {"title": title, "icon": "user", "person": person, "is_minor": person.is_minor()}
    return render(request, "media/people/form.html", shown | context)

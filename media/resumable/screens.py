"""The page “Tải ảnh lên”, and what its pictures go through when they are here: Wagtail's own
multiple uploader, with the file from its part instead of from the request."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.images.forms import formfield_for_dbfield
from wagtail.images.views import multiple

from media.forms import PictureForm
from media.intake import names
from media.models import Picture, Upload
from media.resumable import parts, services
from media.resumable.views import answered

FORM = "media/upload_form.html"
PREFIX = "image"


def texts_form() -> type[PictureForm]:
    """What is asked of a picture right after it came; the rest has defaults, or can wait."""
    return modelform_factory(
        Picture,
        form=PictureForm,
        fields=["title", "caption", "credit", "alt_text", "place", "taken_on", "collection"],
        formfield_callback=formfield_for_dbfield,
        widgets={
            "caption": forms.Textarea(attrs={"rows": 2}),
            # The phone's own calendar.
            "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        },
    )


class UploadPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "add"
    model = Picture
    template_name = "media/upload_page.html"
    page_title = gettext_lazy("Tải ảnh lên")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        pictures = {"url": reverse("wagtailimages:index"), "label": _("Ảnh")}
        return [*self.breadcrumbs_items, pictures, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        collections = self.permission_policy.collections_user_has_permission_for(
            self.request.user, "add"
        )
        return super().get_context_data(
            **kwargs,
            collections=collections.get_indented_choices() if len(collections) > 1 else None,
            chosen=self.request.GET.get("collection_id"),
            limit=filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
            setup={
                "user": self.request.user.pk,
                "tus": reverse("resumable"),
                "login": reverse("wagtailadmin_login"),
                "cookie": settings.CSRF_COOKIE_NAME,
                "uploads": list(_waiting(self.request.user)),
            },
        )


def _waiting(user):
    """The user's uploads that a page before this one left: one query, however many."""
    for upload in Upload.objects.filter(user=user).order_by("begun_at"):
        try:
            offset = upload.size if upload.picture_id else parts.offset(upload)
        except parts.Gone:
            continue
        if not upload.has_expired:
            url = reverse("resumable_upload", args=[upload.pk])
            yield {"url": url, "name": upload.name, "size": upload.size, "offset": offset}


class FinishView(multiple.AddView):
    """POST: the whole file goes through form and intake. Asked again, it answers the same again."""

    edit_object_url_name = "resumable_save"
    edit_object_form_prefix = PREFIX
    edit_form_template_name = FORM
    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, upload_id: UUID) -> HttpResponse:
        self.upload_id = upload_id
        return super().dispatch(request)

    def get_edit_form_class(self):
        return texts_form()

    def post(self, request: HttpRequest) -> HttpResponse:
        return answered(self._finish)

    def _finish(self) -> HttpResponse:
        upload = services.find(user=self.request.user, pk=self.upload_id)
        if upload.picture_id is None:
            try:
                with parts.held(upload) as part:
                    return self._take_in(upload, part)
            except parts.Gone:  # perhaps another tab was faster
                upload.refresh_from_db()
                if upload.picture_id is None:
                    raise
        self.object = upload.picture
        return JsonResponse(self.get_edit_object_response_data())

    def _take_in(self, upload: Upload, part: parts.Part) -> HttpResponse:
        if part.offset != upload.size:
            raise services.Refused(409, _("Ảnh chưa gửi xong."))
        part.file.seek(0)
        file = UploadedFile(part.file, name=upload.name, size=upload.size)
        form = self.get_upload_form_class()(
            {"title": names.stem(upload.name), "collection": self.request.POST.get("collection")},
            {"file": file},
            user=self.request.user,
        )
        if not form.is_valid():
            return self._refuse(upload, form)
        with transaction.atomic():
            self.object = Picture.objects.get(pk=self.save_object(form).pk)
            Upload.objects.filter(pk=upload.pk).update(picture=self.object)
            transaction.on_commit(lambda: parts.remove(upload))
        return JsonResponse(self.get_edit_object_response_data())

    def _refuse(self, upload: Upload, form) -> HttpResponse:
        """A bad file is not kept; a good one is, when something else was wrong."""
        later = any(form.has_error("file", code) for code in ("unscanned", "storage"))
        kept = later or not form.has_error("file")
        if not kept:
            parts.remove(upload)
            upload.delete()
        words = [word for found in form.errors.values() for word in found]
        answer = {"success": False, "error_message": " ".join(words), "kept": kept}
        return JsonResponse(answer, status=422)


class SaveView(multiple.EditView):
    """POST: the texts of one picture. Then its upload is over."""

    edit_object_form_prefix = PREFIX
    edit_object_url_name = "resumable_save"
    edit_form_template_name = FORM

    def get_edit_form_class(self):
        return texts_form()

    def save_object(self, form) -> None:
        form.save()
        Upload.objects.filter(picture=self.object, user=self.request.user).delete()

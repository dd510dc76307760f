from __future__ import annotations

from django.urls import path

from media.resumable.screens import FinishView, SaveView, UploadPage
from media.resumable.views import TusView

urlpatterns = [
    path("tai-anh/", UploadPage.as_view(), name="resumable_page"),
    path("tai-anh/tep/", TusView.as_view(), name="resumable"),
    path("tai-anh/tep/<uuid:upload_id>/", TusView.as_view(), name="resumable_upload"),
    path("tai-anh/tep/<uuid:upload_id>/xong/", FinishView.as_view(), name="resumable_finish"),
    path("tai-anh/anh/<int:image_id>/", SaveView.as_view(), name="resumable_save"),
]

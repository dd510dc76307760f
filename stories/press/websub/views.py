"""POST /websub/: subscribing to the column's feeds, for anyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stories.press import rounds
from stories.press.websub import services

PLAIN = "text/plain; charset=utf-8"


@never_cache
@csrf_exempt  # programs post here; what counts is what the callback says
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """202 for what will be asked of the callback, 400 with the reason, 429 beyond the limits."""
    given = request.POST
    try:
        services.wish(
            mode=given.get("hub.mode", ""),
            topic=given.get("hub.topic", ""),
            callback=given.get("hub.callback", ""),
            secret=given.get("hub.secret", ""),
            lease=given.get("hub.lease_seconds", ""),
        )
    except services.BadWish as error:
        return HttpResponse(str(error), status=400, content_type=PLAIN)
    except services.TooManyWishes:
        said = _("Nhiều đăng ký quá; hãy thử lại sau.")
        answer = HttpResponse(said, status=429, content_type=PLAIN)
        answer.headers["Retry-After"] = "60"
        return answer
    rounds.at_once()
    return HttpResponse(status=202)

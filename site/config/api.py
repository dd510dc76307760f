"""The one API, /api/v1/: which routers it has, and the rules that hold for all of them.

To add an operation, write it in a router of its room and mount the router here. From then on,
without a line in the operation:
- a query parameter that it doesn't declare, or one given twice that isn't a list, is 400;
- a press key that doesn't hold is 401, on public routes too;
- it is packed as the client accepts it (`stories.press.packing`);
- HEAD works where GET does; every error is a problem document (`config.problems`);
- but for the press tier, pages of any origin may read the answer, never with anyone's cookies;
- it is in /openapi.json, whose snapshot in `stories/press/tests/openapi.json` a test compares.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import Resolver404, path, re_path, resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from config import problems
from search import api as search
from stories.press import auth, packing
from stories.press.api import ap, confirmations, early, kits, press, public
from stories.press.errors import ApiError, FieldError
from stories.website.headless import api as headless
from stories.website.headless import preview_api

DESCRIPTION = """\
Gương người tốt, việc tốt của phụ nữ Đất Tổ.

**Công khai** (không cần khóa): bài viết, điển hình, tìm trong kho lưu trữ; trang theo địa chỉ,
bài liên quan, thực đơn cho trang web khác dựng lại (đọc được từ mọi nơi, CORS).
**Báo chí** (khóa trong `Authorization: Bearer` hoặc `X-API-Key`): dòng tin theo sổ phát hành; từng
mục dưới dạng JSON của trang, ninjs 1.6 và 3.1, NITF, NewsML-G2, văn bản, lời đọc phát thanh, Word;
gói bài (ZIP), tải tiếp được. Cơ quan chỉ nhận những gì mọi người có mặt đã đồng ý cho nơi của mình.
Cơ quan có quyền nhận bài trước giờ công bố nhận cả bài đã duyệt mà chưa đến giờ: có `embargoed`,
cấm sử dụng trước giờ ấy. Đến giờ bài đến lại với phiên bản cao hơn. Bài gửi trước bị thu lại thì
phải gỡ và xác nhận.
**AP Media API**: cùng dòng tin ấy theo dạng mà phần mềm tòa soạn (như Superdesk) đã đọc sẵn.

Webhook (đăng ký với Ban Tuyên giáo) chỉ báo rằng có bản mới, không mang nội dung:
`{"id", "type": "release", "timestamp", "data"}`, trong `data` có `uuid`, `type`, `version`,
`kind`, `released_at`, `href`; ký theo Standard Webhooks (`webhook-id`, `webhook-timestamp`,
`webhook-signature`). Cùng một `webhook-id` có thể đến hơn một lần; nội dung luôn đọc từ dòng tin.
Đính chính, tạm gỡ, thu hồi của mục đã nhận phải được xác nhận.

Lỗi theo RFC 9457 (`application/problem+json`). Tham số lạ là lỗi 400. Có ETag và 304.
"""
SAFE = ("GET", "HEAD")
PRESS = "/api/v1/press/"


class UnknownParameter(ApiError):
    code = "unknown-parameter"


def refuse_unknown(request: HttpRequest, known: frozenset[str], lists: frozenset[str]) -> None:
    """Raise 400 for parameters that would be ignored: unknown ones, repeats of single ones."""
    if not request.META.get("QUERY_STRING"):
        return
    errors = []
    for name, values in request.GET.lists():
        if name not in known:
            errors.append(FieldError(name[:80], "unknown", _("Không có tham số này.")))
        elif len(values) > 1 and name not in lists:
            errors.append(FieldError(name, "repeated", _("Chỉ được dùng một lần.")))
    if errors:
        names = ", ".join(error.field for error in errors)
        raise UnknownParameter(
            _("Tham số không dùng được: %(names)s.") % {"names": names}, errors=tuple(errors)
        )


def _strict(operation: Operation) -> None:
    """Make an operation check its parameters, after the key and before anything else."""
    query = [m for m in operation.models if m.__ninja_param_source__ == "query"]
    known = frozenset(name for model in query for name in model.__ninja_flatten_map__)
    lists = frozenset(name for model in query for name in model.__ninja_collection_fields__)
    read_values = operation._get_values

    def checked(request: HttpRequest, *args: Any) -> dict[str, Any]:
        refuse_unknown(request, known, lists)
        return read_values(request, *args)

    operation._get_values = checked  # type: ignore[method-assign, assignment]


class Api(NinjaAPI):
    """NinjaAPI with the rules of the module's docstring."""

    def _get_bound_routers(self) -> list:
        fresh = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        if fresh:
            for operation in self.operations():
                _strict(operation)
                if "GET" in operation.methods:
                    operation.methods.append("HEAD")
        return routers

    def operations(self) -> list[Operation]:
        """Every operation, bound to this API."""
        return [
            operation
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        ]

    def _get_urls(self) -> list:
        patterns = super()._get_urls()
        for pattern in patterns:
            view = _description_page(_root) if pattern.name == "api-root" else pattern.callback
            pattern.callback = self._with_problems(view)
        return patterns

    def _with_problems(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Ninja's own plain answers (405, its description pages' errors) as problems as well."""

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                response = view(request, *args, **kwargs)
            except (ApiError, Http404) as error:
                response = self.on_exception(request, error)
            if response.status_code == 405:
                allowed = ", ".join(sorted(set(response.headers["Allow"].split(", "))))
                response = problems.of_method(request, allowed)
            return for_any_origin(request, packing.pack(request, response))

        return csrf_exempt(answer)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        describe_errors(schema)
        return schema


def for_any_origin(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let front ends elsewhere read what is public (CORS); what takes a key is for servers.

    Without `Access-Control-Allow-Credentials`: a browser shows no answer that a cookie helped to.
    """
    if not request.path.startswith(PRESS):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


def describe_errors(schema: dict) -> None:
    """Add to each operation what the rules above answer; one description for GET and HEAD."""
    schema["components"]["schemas"]["Problem"] = PROBLEM
    for route, methods in schema["paths"].items():
        methods.pop("head", None)
        for operation in methods.values():
            answers = {304: None, 400: "Tham số không hợp lệ", 401: "Khóa không hợp lệ"}
            if "{" in route:
                answers |= {404: "Không tìm thấy", 410: "Đã thu hồi"}
            if operation.get("security"):
                answers[429] = "Quá nhiều yêu cầu"
                if "{" in route:
                    answers[403] = "Người trong mục này chưa đồng ý cho nơi của cơ quan"
            for status, text in answers.items():
                content = {
                    problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
                }
                operation["responses"].setdefault(
                    status,
                    {"description": text, "content": content}
                    if text
                    else {"description": "Không thay đổi (ETag)"},
                )


PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "location", "code", "message"],
                "properties": {
                    name: {"type": "string"} for name in ("field", "location", "code", "message")
                },
            },
        },
    },
}


def _root(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponseRedirect(f"{request.path}docs/")


def _description_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The rules for /openapi.json and /docs/, which ninja doesn't treat as operations."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE:
            return problems.of_method(request, ", ".join(SAFE))
        auth.anyone(request)
        refuse_unknown(request, frozenset(), frozenset())
        return view(request, *args, **kwargs)

    return page


api = Api(
    title="Gương sáng Đất Tổ",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url="/docs/",
    docs_decorator=_description_page,
    # Without this, Swagger UI asks validator.swagger.io about the description: no third hosts.
    docs=Swagger(settings={"validatorUrl": None}),
    auth=auth.anyone,
)
problems.register(api)
api.add_router("/press/", press.router)
api.add_router("/press/ap/", ap.router)
api.add_router("/press/", kits.router)
api.add_router("/press/", early.router)
api.add_router("/press/", confirmations.router)
api.add_router("/", public.router)
api.add_router("/search/", search.router)
api.add_router("/", headless.router)
api.add_router("/preview/", preview_api.router)


@csrf_exempt
def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """No such route: 404, or a redirect where only the final slash is missing."""
    if request.method in SAFE and not rest.endswith("/"):
        try:
            found = resolve(f"{request.path_info}/")
        except Resolver404:
            found = None
        if found is not None and found.func is not elsewhere:
            target = request.get_full_path(force_append_slash=True)
            return HttpResponsePermanentRedirect(target, preserve_request=True)
    return for_any_origin(request, problems.of_404(request, Http404()))


urlpatterns = [
    path("", api.urls),
    re_path(r"^(?P<rest>[\s\S]*)\Z", elsewhere),  # a line break too is no page of the site
]

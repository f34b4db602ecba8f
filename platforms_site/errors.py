"""Chinese error pages: what happened, what to do next, and the number of the request. Never a stack, path or English."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string

from accounts.carrying.filling import MACHINERY
from accounts.carrying.middleware import AUTOSAVE, expired, outdated, rescue
from platforms_site.middleware import Handler, new_number

TEMPLATE = "errors/error.html"
BARE_TEMPLATE = "errors/bare.html"
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_AWAY = (OperationalError, InterfaceError)
RETRY_SECONDS = 30


@dataclass(frozen=True)
class ErrorPage:
    title: str
    message: str
    next_step: str


BACK = "请返回上一页，检查后再试。"
PAGES = {
    400: ErrorPage("请求无法识别", "服务器没有读懂这次请求，可能是链接不完整，或上传中途断开。", BACK),
    403: ErrorPage("您没有权限进行此操作", "您目前的身份不能查看此页面或办理此事项。", "如您有多个身份，请切换身份后再试；仍有疑问请联系系统管理员。"),
    404: ErrorPage("页面不存在", "您访问的页面不存在，或者不在您可以查看的范围内。", "请核对网址，或从首页重新进入。"),
    405: ErrorPage("不能这样访问", "此网址不支持这种访问方式。", "请从页面上的按钮办理，不要直接打开网址。"),
    409: ErrorPage("现在不能办理", "内容已经有变化，您的操作没有生效。", "请返回上一页并刷新，核对最新情况后再办理。"),
    413: ErrorPage("提交的内容太大", "提交的内容或文件超过了大小限制，没有保存。", "请压缩或拆分文件后重新上传。"),
    415: ErrorPage("文件类型不符", "系统不接受这种类型的文件，没有保存。", "请转换为页面上列出的类型后重新上传。"),
    422: ErrorPage("填写的内容有误", "提交的内容没有通过检查，没有保存。", "请返回上一页，按提示更正后再提交。"),
    429: ErrorPage("操作过于频繁", "短时间内尝试次数过多，已暂停受理。", "请稍后再试。"),
    500: ErrorPage("系统出现错误", "这不是您的操作造成的，系统已记录此错误。您刚才的操作没有生效。", "请稍后重试；如再次出现，请把请求编号告诉系统管理员。"),
    503: ErrorPage("系统暂时不可用", "系统正在维护或暂时繁忙，您刚才的操作没有生效，已保存的内容不受影响。", "请稍后重试。"),
}  # fmt: skip


def page(
    request: HttpRequest, code: int, *, message: str = "", next_step: str = "", title: str = "", **extra: object
) -> HttpResponse:
    """The error page of ``code``; texts given replace the usual ones.

    From 500 on the page asks nothing of database or session, which may be what is broken.
    """
    usual = PAGES[code]
    context = {
        "code": code,
        "title": title or usual.title,
        "message": message or usual.message,
        "next_step": next_step or usual.next_step,
        "request_number": getattr(request, "number", "") or new_number(),
        **extra,
    }
    response = HttpResponse(render(request, code, context), status=code)
    response["Cache-Control"] = "no-store"
    if code in (429, 503):
        response.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def render(request: HttpRequest, code: int, context: dict[str, object]) -> str:
    """The page in the look of the site; the bare page when the site cannot be drawn (no actor yet, database away)."""
    if code < 500 and hasattr(request, "actor"):
        try:
            return render_to_string(TEMPLATE, context, request)
        except DATABASE_AWAY:
            pass
    return render_to_string(BARE_TEMPLATE, context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 413 if isinstance(exception, TOO_BIG) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the words of the refusal when they are ours."""
    words = str(exception) if isinstance(exception, PermissionDenied) else ""
    return page(request, 403, message="" if words.isascii() else words)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page whether the thing does not exist or may not be seen."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An outdated form: its author gets its page or the login page with the text in it (``accounts.carrying``).

    Anybody else, and a form that no page of ours made: 403 with the text to copy, so that nothing has to be typed twice.
    """
    if AUTOSAVE in request.headers:
        return outdated() if request.user.is_authenticated else expired(request)
    if answer := rescue(request):
        return answer
    typed = [
        value
        for name, values in request.POST.lists()
        if name not in MACHINERY and "password" not in name
        for value in values
        if value.strip()
    ]
    return page(
        request, 403, title="页面已过期，请刷新后重试", typed=typed,
        message="页面打开的时间过长，或您已在别处退出登录，这次提交没有生效。",
        next_step="请返回上一页并刷新，必要时重新登录，再提交一次。",
    )  # fmt: skip


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """429 after too many wrong passwords for one name from one address."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = page(
        request, 429, title="登录尝试次数过多", message=f"用户名或密码连续输错 {settings.AXES_FAILURE_LIMIT} 次，已暂停登录。",
        next_step=f"请 {minutes} 分钟后再试；忘记密码可使用“找回密码”。",
    )  # fmt: skip
    response["Retry-After"] = str(minutes * 60)
    return response


class ErrorPageMiddleware:
    """Gives bodyless refusals (405, 413, 415, 429 …) their page, and answers 503 while the database is away."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.status_code in PAGES
            and not response.streaming
            and not response.content
            and request.method != "HEAD"
        ):
            return self.with_headers(page(request, response.status_code), response)
        return response

    def with_headers(self, drawn: HttpResponse, refusal: HttpResponse) -> HttpResponse:
        for name in ("Allow", "Retry-After"):
            if name in refusal:
                drawn[name] = refusal[name]
        return drawn

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DATABASE_AWAY):
            return page(request, 503)
        if isinstance(exception, UnreadablePostError):
            return page(request, 400)
        return None

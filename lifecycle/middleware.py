"""Turns refusals of the engine into Chinese pages and a repeated form into the first one's page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from files.errors import FileRefusal
from lifecycle.errors import AlreadyDone, Refusal


class RefusalMiddleware:
    """Every ``Refusal`` (also of a file) a view lets through becomes a page with its status and words; nothing was changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AlreadyDone):
            messages.info(request, "该操作已经办理，无需重复提交。")
            return HttpResponseRedirect(exception.url or request.path)
        if isinstance(exception, Refusal | FileRefusal):
            context = {
                "code": exception.status,
                "title": exception.title,
                "message": exception.message,
                "next_step": "请返回上一页并刷新，核对最新情况。您填写的内容没有生效。",
                "back": request.path,
            }
            response = render(request, "errors/error.html", context, status=exception.status)
            if retry_after := getattr(exception, "retry_after", None):
                response["Retry-After"] = str(retry_after)
            return response
        return None

"""Inbox of a person; list of undelivered mails for officers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import access
from accounts.models import Role
from notifications import selectors
from notifications.models import MailDelivery
from notifications.services import delivering, reading
from timekeeping import clock

PER_PAGE = 20
OFFICERS = (Role.CITY_OFFICER, Role.SYSADMIN)


@access.signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's messages, unread ones first marked; ``?unread=1`` shows only those."""
    found = selectors.visible_to(request.actor)
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        found = found.filter(read_at__isnull=True)
    unread = selectors.unread_count(request.actor)
    tabs = [
        {"label": "全部", "url": reverse("notifications:inbox"), "active": not only_unread},
        {"label": "未读", "url": f"{reverse('notifications:inbox')}?unread=1", "count": unread, "active": only_unread},
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "tabs": tabs, "unread_messages": unread})


@access.signed_in
@require_GET
def open_message(request: HttpRequest, uuid: str) -> HttpResponse:
    """One message; opening it marks it as read."""
    message = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    if message.read_at is None:
        message.read_at = clock.now()
        message.save(update_fields=["read_at"])
    return render(request, "notifications/message.html", {"message": message})


@access.signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every own message as read."""
    reading.read_all(actor=request.actor)
    messages.success(request, "全部通知已标为已读。")
    return redirect("notifications:inbox")


@access.roles(*OFFICERS)
@require_GET
def failures(request: HttpRequest) -> HttpResponse:
    """Mails that did not get through; the message itself lies in the inbox all the same."""
    page = Paginator(selectors.undelivered(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/failures.html", {"page": page})


@access.roles(*OFFICERS)
@require_POST
def retry(request: HttpRequest, uuid: str) -> HttpResponse:
    """Send a failed mail again."""
    delivering.retry(get_object_or_404(MailDelivery, uuid=uuid))
    messages.success(request, "已重新列入发送队列。")
    return redirect("notifications:failures")

"""Every view declares who may open it. A view without a declaration fails ``manage.py check``.

``public`` — anybody; ``signed_in`` — any person with an account; ``roles(...)`` — persons whose active capacity has one of
the roles. Which *objects* a person may see is never decided here but by the ``visible_to`` selector of the aggregate.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import Role

View = Callable[..., HttpResponse]

PUBLIC = "public"
SIGNED_IN = "signed_in"


def public(view: View) -> View:
    """Anybody may open the view, without signing in."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: View) -> View:
    """Any signed-in person may open the view."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def roles(*allowed: Role, auditor_posts: bool = False) -> Callable[[View], View]:
    """Only persons acting in one of the roles may open the view; others get 403, the public the login page.

    With ``auditor_posts`` the view belongs to the few on which an auditor may post, see ``auditor_may_post``.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor.role not in allowed:
                labels = "、".join(str(role.label) for role in allowed)
                raise PermissionDenied(f"此页面供{labels}使用。如您应有此身份，请联系系统管理员开通。")
            return view(request, *args, **kwargs)

        guarded.access = allowed  # type: ignore[attr-defined]
        guarded.auditor_posts = auditor_posts  # type: ignore[attr-defined]
        return guarded

    return declare


def auditor_may_post(view: View) -> View:
    """One of the few views on which an auditor posts: the own session, password and display, and opening an identity."""
    view.auditor_posts = True  # type: ignore[attr-defined]
    return view


def refuse_auditor(request: HttpRequest, view: View) -> None:
    """An auditor reads everything and changes nothing (Art. 21), whatever the address, public forms and administration included.

    Raises PermissionDenied for every method that writes, unless the view says ``auditor_may_post``.
    """
    writes = request.method not in ("GET", "HEAD", "OPTIONS")
    if writes and request.actor.role == Role.AUDITOR and not getattr(view, "auditor_posts", False):
        raise PermissionDenied("审计监察人员可以查阅全部事项和办理记录，不能办理任何事项，也不能提交表单。")

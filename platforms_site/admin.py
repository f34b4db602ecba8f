"""Django's administration behind the site's own sign-in: persons without the administrator's capacity find nothing there."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Role


class Administration(admin.AdminSite):
    """Only a person acting as system administrator gets in."""

    site_header = site_title = "系统管理"
    index_title = "账号、身份与县区"

    def has_permission(self, request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and actor.role == Role.SYSADMIN

"""The administrator's basics: people, their capacities, districts. Nothing is deleted; business data is not here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import Capacity, District, Role, User

# What people may do comes from capacities alone; a group would only seem to grant something.
admin.site.unregister(Group)


class SysadminOnly(admin.ModelAdmin):
    """Open to persons acting as system administrator; rows are ended or deactivated, never deleted."""

    def _allowed(self, request: HttpRequest) -> bool:
        return request.actor.role == Role.SYSADMIN

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._allowed(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._allowed(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(SysadminOnly, UserAdmin):
    """Accounts: deactivated, never deleted; who may enter this administration is a matter of the capacity alone."""

    list_display = ("username", "name", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("个人信息", {"fields": ("name", "email", "phone")}),
        ("状态", {"fields": ("is_active", "is_staff", "last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "email", "usable_password", "password1", "password2")}),)


@admin.register(Capacity)
class CapacityAdmin(SysadminOnly):
    list_display = ("user", "role", "district", "organisation", "valid_from", "valid_to")
    list_filter = ("role", "district")
    search_fields = ("user__name", "user__username", "organisation__name")
    autocomplete_fields = ("user",)
    raw_id_fields = ("organisation",)
    list_select_related = ("user", "district", "organisation")

    def get_readonly_fields(self, request: HttpRequest, obj: Capacity | None = None) -> tuple[str, ...]:
        """Of a capacity that exists only the last day may be set: history keeps who acted as what."""
        return ("user", "role", "district", "organisation", "valid_from") if obj else ()


@admin.register(District)
class DistrictAdmin(SysadminOnly):
    list_display = ("name", "bureau", "phone", "gb_code", "active_from", "active_to")
    ordering = ("order",)

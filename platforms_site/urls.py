"""The address plan: each room brings its own addresses."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import session
from desk import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("healthz/deep", health.deep, name="healthz_deep"),
    path("", include("desk.urls")),
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("account/", include("accounts.urls")),
    path("messages/", include("notifications.urls")),
    path("register/", include("registry.urls")),
    path("applications/", include("applications.urls")),
    path("review/", include("review.urls")),
    path("supervision/", include("supervision.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "platforms_site.errors.bad_request"
handler403 = "platforms_site.errors.permission_denied"
handler404 = "platforms_site.errors.page_not_found"
handler500 = "platforms_site.errors.server_error"

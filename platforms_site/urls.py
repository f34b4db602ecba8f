"""The address plan: each room brings its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("account/", include("accounts.urls")),
    path("messages/", include("notifications.urls")),
    path("register/", include("registry.urls")),
    path("applications/", include("applications.urls")),
    path("review/", include("review.urls")),
    path("supervision/", include("supervision.urls")),
]

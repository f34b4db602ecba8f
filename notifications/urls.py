from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("failures/", views.failures, name="failures"),
    path("failures/<uuid:uuid>/retry/", views.retry, name="retry"),
    path("<uuid:uuid>/", views.open_message, name="message"),
]

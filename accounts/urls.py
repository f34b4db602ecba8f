from django.urls import path

from accounts.views import display, profile, registration, reset, session

app_name = "accounts"

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("display/", display.display, name="display"),
    path("register/", registration.register, name="register"),
    path("registered/", registration.registered, name="registered"),
    path("carried/forget/", session.forget_carried, name="forget_carried"),
    path("capacity/", session.choose, name="choose"),
    path("capacity/switch/", session.switch, name="switch"),
    path("password/", profile.password, name="password"),
    path("password/forgotten/", reset.forgotten, name="forgotten"),
    path("password/sent/", reset.reset_sent, name="reset_sent"),
    path("password/reset/<uuid:user_uuid>/<str:token>/", reset.reset, name="reset"),
]

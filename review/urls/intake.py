"""The city's intake of recommended cases (Art. 10, 12)."""

from django.urls import path

from accounts.models import Role
from review.views import intake, queues

CITY = Role.CITY_OFFICER

urlpatterns = [
    path("city/", queues.city_queue, name="city_queue"),
    path("city/admit/", intake.admit_many, name="admit_many"),
    path("applications/<uuid:uuid>/admit/", intake.AdmitPage.page(CITY), name="admit"),
    path("applications/<uuid:uuid>/send-back/", intake.SendBackPage.page(CITY), name="send_back"),
    path("send-backs/<uuid:uuid>/letter.pdf", intake.send_back_letter, name="send_back_letter"),
    path("applications/<uuid:uuid>/ineligible/", intake.IneligiblePage.page(CITY), name="find_ineligible"),
    path("applications/<uuid:uuid>/falsified/", intake.FalsifiedPage.page(CITY), name="reject_falsified"),
]

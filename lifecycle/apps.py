from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "lifecycle"
    verbose_name = "流程与记录"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig
from django.core.checks import register


class LifecycleConfig(AppConfig):
    name = "lifecycle"
    verbose_name = "流程与记录"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lifecycle import checks, collect

        register(checks.check_table)
        register(checks.check_access)
        list(collect.modules("guards"))
        list(collect.modules("links"))

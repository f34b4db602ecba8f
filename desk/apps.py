from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        if settings.DEMO_ALLOWED:
            from desk.demo import standing
            from timekeeping import clock

            clock.set_source(standing.now)

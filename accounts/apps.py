from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号与机构"
    default_auto_field = "django.db.models.BigAutoField"

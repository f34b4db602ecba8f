"""The districts and zones every database begins with."""

from django.db import migrations

from accounts.seeding import plant


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]

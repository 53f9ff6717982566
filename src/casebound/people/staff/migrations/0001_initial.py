from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StaffAccount",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=60)),
                ("full_name", models.CharField(max_length=120)),
                ("is_open", models.BooleanField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("sign_on_as", models.CharField(max_length=255)),
                ("factors_reset_at", models.DateTimeField(null=True)),
                ("leaf", models.BigIntegerField()),
            ],
        ),
    ]

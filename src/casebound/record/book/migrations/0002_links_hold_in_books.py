"""A later entry holds in the books it is in. Links are worked out anew; the default is of no use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the books of the later entry."""

    dependencies = [("book", "0001_initial")]

    operations = [
        migrations.AddField(
            "link",
            "from_books",
            models.TextField(default=""),
            preserve_default=False,
        ),
    ]

from django.db import migrations

from casebound.reading.search.indexing import IndexStatements


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [IndexStatements()]

from django.db import migrations

from casebound.ledger.sealing.packing import CountRows
from casebound.reading.search.indexing import IndexStatements


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [CountRows("search_indexedstatement"), IndexStatements()]

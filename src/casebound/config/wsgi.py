"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from casebound.foundation.base.closed_files import make_files_private
from casebound.foundation.base.loaded import keep_loaded
from casebound.foundation.stores.postgres.base import bound_requests
from casebound.ledger.sealing.watched_clock import watch

make_files_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebound.config.settings")
application = get_wsgi_application()
bound_requests(connections.settings.values())
# All rooms now, and not with the first request: nobody waits, and they are loaded with the rest.
get_resolver().url_patterns  # noqa: B018
watch()
keep_loaded()

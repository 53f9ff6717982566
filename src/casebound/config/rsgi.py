"""The application as `casebound serve` runs it: whole requests alone take one of its threads."""

import os

from casebound.config.wsgi import application as wsgi
from casebound.foundation.web.gateway import THREADS, Gateway

application = Gateway(wsgi, threads=int(os.environ.get(THREADS, "16")))

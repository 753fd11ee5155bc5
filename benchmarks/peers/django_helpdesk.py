"""django-helpdesk takes mail in as its command `get_email` does, one after another in one process, on SQLite.

python django_helpdesk.py FOLDER OF MAILS: prints how many, and the seconds waited and worked.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

folder = tempfile.mkdtemp(prefix="peer-")
settings.configure(
    SECRET_KEY="x", USE_TZ=True, SITE_ID=1, ROOT_URLCONF=__name__, MEDIA_ROOT=f"{folder}/media", STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField", LOGIN_URL="/login", HELPDESK_ACTIVATE_API_ENDPOINT=False, HELPDESK_TEAMS_MODE_ENABLED=False,
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
        "django.contrib.humanize", "django.contrib.admin", "django.contrib.messages",
        "rest_framework", "django_cleanup.apps.CleanupConfig", "helpdesk",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/peer.db"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
)  # fmt: skip
django.setup()

from django.urls import include, path  # noqa: E402  after the settings
from helpdesk.email import extract_email_metadata  # noqa: E402
from helpdesk.models import Queue  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls"))]
call_command("migrate", verbosity=0)
queue = Queue.objects.create(
    title="Desk", slug="desk", email_address="carecenter@example.ac.id", allow_email_submission=True
)
logger = logging.getLogger("peer")
logger.addHandler(logging.NullHandler())
logger.propagate = False
mails = [each.read_bytes().decode() for each in sorted(Path(sys.argv[1]).iterdir())]
waited, worked = time.perf_counter(), time.process_time()
taken = sum(extract_email_metadata(mail, queue, logger) is not None for mail in mails)
print(taken, time.perf_counter() - waited, time.process_time() - worked)

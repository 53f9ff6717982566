"""Every address, room by room."""

from django.conf import settings
from django.urls import URLResolver, include, path

from casebound.foundation.web.line import line


def of_development() -> list[URLResolver]:
    """Return the addresses that no server of a home answers to."""
    return [path("", include("casebound.upkeep.gallery.urls"))] if settings.GALLERY else []


urlpatterns = [
    path("line/", line, name="line"),
    path("", include("casebound.people.accounts.urls")),
    path("", include("casebound.people.access.urls")),
    path("", include("casebound.oversight.desk.urls")),
    path("", include("casebound.oversight.readers.urls")),
    path("", include("casebound.reading.chronology.urls")),
    path("", include("casebound.reading.registers.urls")),
    path("", include("casebound.reading.handover.urls")),
    path("", include("casebound.reading.in_house.urls")),
    path("", include("casebound.rulebook.glossary.urls")),
    path("", include("casebound.rulebook.recording_policy.urls")),
    path("", include("casebound.record.profile.urls")),
    path("", include("casebound.record.medicines.urls")),
    path("", include("casebound.record.attachments.urls")),
    path("", include("casebound.record.missing.urls")),
    path("", include("casebound.record.third_parties.urls")),
    path("", include("casebound.record.restricting.urls")),
    path("", include("casebound.record.drafting.urls")),
    path("search/", include("casebound.reading.search.urls")),
    path("", include("casebound.oversight.see_as.urls")),
    path("proof/", include("casebound.oversight.proof.urls")),
    path("", include("casebound.oversight.who_looked.urls")),
    path("", include("casebound.upkeep.help.urls")),
    path("demo/", include("casebound.upkeep.demo.urls")),
    path("", include("casebound.upkeep.policy.urls")),
    *of_development(),
]

handler400 = "casebound.foundation.web.lengths.refused_request"
handler403 = "casebound.foundation.web.errors.not_allowed"
handler404 = "casebound.people.access.views.nothing_here.nothing_here"
handler429 = "casebound.foundation.web.errors.too_often"
handler500 = "casebound.foundation.web.errors.our_fault"

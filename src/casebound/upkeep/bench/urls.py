"""The product's addresses and, beside them, those of what it is measured against."""

from django.conf import settings
from django.urls import include, path

from casebound.upkeep.bench.by_hand import views

urlpatterns = [
    path("bench/empty/", views.empty),
    path("bench/signed-in/", views.signed_in),
    path("bench/by-hand/<str:book>/", views.book),
    path("", include(settings.SERVED_URLCONF)),
]

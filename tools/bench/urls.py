"""The product's addresses and, beside them, those of what it is measured against."""

import os

from django.urls import include, path

from tools.bench.by_hand import views

SERVED = "CASEBOUND_BENCH_URLS"  # the product's own addresses, by the name of their module

urlpatterns = [
    path("bench/empty/", views.empty),
    path("bench/signed-in/", views.signed_in),
    path("bench/by-hand/<str:book>/", views.book),
    path("", include(os.environ[SERVED])),
]

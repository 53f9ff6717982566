"""The addresses of this room."""

from django.urls import path

from casebound.oversight.proof.views import check, proof, receipt, trust

app_name = "proof"

urlpatterns = [
    path("", proof.proof, name="proof"),
    path("check/", check.check, name="check"),
    path("trust/", trust.trust, name="trust"),
    path("receipt/<str:book>/<int:number>/", receipt.receipt, name="receipt"),
]

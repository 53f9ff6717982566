"""The addresses of this room."""

from django.urls import path

from casebound.record.drafting.views import (
    begin,
    discard,
    file,
    files,
    hints,
    jot,
    kept,
    save,
    sign,
    write,
)

app_name = "drafting"

urlpatterns = [
    path("jot/", jot.jot, name="jot"),
    path("books/<str:book>/write/", begin.choose, name="choose"),
    path("books/<str:book>/write/<str:form>/", begin.begin, name="begin"),
    path("books/<str:book>/<int:number>/<str:how>/", begin.put_right, name="put_right"),
    path("books/<str:book>/<int:number>/next/<str:form>/", begin.follow, name="follow"),
    path("drafts/<str:draft>/", write.write, name="write"),
    path("drafts/<str:draft>/save/", save.save, name="save"),
    path("drafts/<str:draft>/hints/", hints.hints, name="hints"),
    path("drafts/<str:draft>/kept/", kept.kept, name="kept"),
    path("drafts/<str:draft>/discard/", discard.discard, name="discard"),
    path("drafts/<str:draft>/sign/", sign.sign, name="sign"),
    path("drafts/<str:draft>/files/", files.files, name="files"),
    path("drafts/<str:draft>/files/<int:number>/<str:which>/", file.file, name="file"),
]

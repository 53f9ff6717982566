"""The addresses of this room."""

from django.urls import path

from casebound.record.drafting.views import (
    begin,
    choose,
    discard,
    file,
    files,
    follow,
    hand_over,
    hints,
    jot,
    left_by,
    mark_name,
    move,
    names,
    of_medicine,
    put_right,
    same_event,
    same_shift,
    save,
    sign,
    write,
)

app_name = "drafting"

urlpatterns = [
    path("jot/", jot.jot, name="jot"),
    path("books/<str:book>/write/", choose.choose, name="choose"),
    path("books/<str:book>/write/<str:form>/", begin.begin, name="begin"),
    path("books/<str:book>/<int:number>/<str:how>/", put_right.put_right, name="put_right"),
    path(
        "books/<str:book>/<int:number>/next-log/<str:child>/",
        same_shift.same_shift,
        name="same_shift",
    ),
    path("books/<str:book>/<int:number>/next/<str:form>/", follow.follow, name="follow"),
    path(
        "books/<str:book>/<int:number>/medicine/<str:form>/",
        of_medicine.of_medicine,
        name="of_medicine",
    ),
    path(
        "books/<str:book>/<int:number>/same-event/<str:form>/",
        same_event.same_event,
        name="same_event",
    ),
    path("drafts/left-by/<str:account>/", left_by.left_by, name="left_by"),
    path("drafts/<str:draft>/", write.write, name="write"),
    path("drafts/<str:draft>/save/", save.save, name="save"),
    path("drafts/<str:draft>/names/", names.names, name="names"),
    path("drafts/<str:draft>/mark-name/", mark_name.mark_name, name="mark_name"),
    path("drafts/<str:draft>/hints/", hints.hints, name="hints"),
    path("drafts/<str:draft>/move/", move.move, name="move"),
    path("drafts/<str:draft>/hand-over/", hand_over.hand_over, name="hand_over"),
    path("drafts/<str:draft>/discard/", discard.discard, name="discard"),
    path("drafts/<str:draft>/sign/", sign.sign, name="sign"),
    path("drafts/<str:draft>/files/", files.files, name="files"),
    path("drafts/<str:draft>/files/<int:number>/<str:which>/", file.file, name="file"),
]

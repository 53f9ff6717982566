"""The room's addresses."""

from django.urls import path

from casebound.people.access.views import (
    agreeing,
    appointments,
    coming_back,
    consents,
    homes,
    key_workers,
    naming,
    our_home,
    people,
    security,
    why,
)

app_name = "access"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new_account"),
    path("people/<str:account>/", people.person, name="person"),
    path("people/<str:account>/link/", people.link, name="link"),
    path("people/<str:account>/close/", people.close, name="close_account"),
    path("people/<str:account>/appoint/", appointments.appoint, name="appoint"),
    path(
        "people/<str:account>/appointments/<str:which>/end/",
        appointments.end,
        name="end_appointment",
    ),
    path("people/<str:account>/make/<str:which>/", people.make_link, name="make_link"),
    path("security-events/", security.security, name="security"),
    path("why/", why.why, name="why"),
    path("agree/", agreeing.agreeing, name="agreeing"),
    path("agree/<str:which>/", agreeing.agree, name="agree"),
    path("agree/<str:which>/take-back/", agreeing.take_back, name="take_back"),
    path("security/handed-over/", agreeing.hand_over, name="hand_over"),
    path("homes/", homes.homes, name="homes"),
    path("homes/new/", homes.open_home, name="open_home"),
    path("homes/<str:home>/", our_home.our_home, name="our_home"),
    path("homes/<str:home>/admit/", our_home.admit, name="admit"),
    path("homes/<str:home>/<str:placement>/moved-on/", our_home.moved_on, name="moved_on"),
    path("children/<str:book>/name/", naming.name, name="name"),
    path("children/<str:book>/birth/", naming.birth, name="birth"),
    path("children/<str:book>/consents/", consents.consents, name="consents"),
    path("children/<str:book>/consents/<str:party>/", consents.answer, name="answer_consent"),
    path(
        "children/<str:book>/consents/<str:which>/withdraw/",
        consents.withdraw,
        name="withdraw_consent",
    ),
    path("children/<str:book>/lives-again/", coming_back.lives_again, name="lives_again"),
    path("homes/<str:home>/<str:placement>/key-worker/", key_workers.appoint, name="key_worker"),
    path("homes/<str:home>/key-workers/<str:which>/end/", key_workers.end, name="end_key_work"),
]

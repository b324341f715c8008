"""Every address of the product."""

from django.urls import include, path

from luoshi.site import views

handler400 = "luoshi.site.views.bad_request"
handler403 = "luoshi.site.views.forbidden"
handler404 = "luoshi.site.views.not_found"
handler500 = "luoshi.site.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("plans/", include("luoshi.intake.urls")),
    path("ledger/", include("luoshi.ledger.urls")),
    path("reporting/", include("luoshi.reporting.urls")),
    path("lights/", include("luoshi.supervision.urls_lights")),
    path("orders/", include("luoshi.supervision.urls")),
    path("bulletins/", include("luoshi.bulletins.urls")),
    path("calendar/", include("luoshi.dispatch.urls")),
    path("meetings/", include("luoshi.meetings.urls")),
    path("projects/", include("luoshi.projects.urls")),
    path("reminders/", include("luoshi.reminders.urls")),
    path("board/", include("luoshi.board.urls")),
    path("", include("luoshi.org.urls")),
    path("login/", views.SignIn.as_view(), name="login"),
    path("password/", views.NewPassword.as_view(), name="password"),
    path("logout/", views.sign_out, name="logout"),
    path("health/", views.health, name="health"),
]

"""日程"""

from django.urls import path, re_path

from luoshi.dispatch.views import duties, feeds, months, plans, rhythms

app_name = "dispatch"
urlpatterns = [
    path("", months.index, name="index"),
    path("month.xlsx", months.export, name="export"),
    path("days.xlsx", months.export_days, name="days_export"),
    path("days/", months.days, name="days"),
    path("days/<int:pk>/withdraw/", months.withdraw, name="withdraw_days"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/rhythms.xlsx", plans.export, name="plan_export"),
    path("plans/<int:pk>/dates/", plans.preview, name="preview"),
    path("rhythms/<int:pk>/", rhythms.rhythm, name="rhythm"),
    path("rhythms/<int:pk>/change/", rhythms.change, name="change"),
    path("rhythms/<int:pk>/stop/", rhythms.end, {"verb": "stop"}, name="stop"),
    path("rhythms/<int:pk>/resume/", rhythms.end, {"verb": "resume"}, name="resume"),
    path("duties/", duties.duties, name="duties"),
    path("duties/duties.xlsx", duties.export, name="duties_export"),
    path("duties/keep/", duties.keep_all, name="keep_all"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/keep/", duties.keep, name="keep"),
    path("duties/<int:pk>/undo/", duties.undo, name="undo"),
    path("feed/", feeds.settings, name="feed"),
    re_path(r"^feed/(?P<verb>open|renew|revoke)/$", feeds.act, name="feed_act"),
    path("feed/<int:pk>/<slug:token>.ics", feeds.text, name="feed_text"),
]

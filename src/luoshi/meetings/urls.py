"""会议"""

from django.urls import path

from luoshi.meetings.views import decisions, live, pages

app_name = "meetings"
urlpatterns = [
    path("", pages.index, name="index"),
    path("meetings.xlsx", pages.export, name="export"),
    path("decisions.xlsx", decisions.export, name="decisions_export"),
    path("new/", pages.new, name="new"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/<slug:verb>/", decisions.act, name="act"),
    path("<int:pk>/", pages.meeting, name="meeting"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/freeze/", pages.freeze, name="freeze"),
    path("<int:pk>/do/<slug:verb>/", pages.step, name="step"),
    path("<int:pk>/mark/", pages.mark, name="mark"),
    path("<int:pk>/pack.pdf", pages.pack_pdf, name="pdf"),
    path("<int:pk>/pack.docx", pages.pack_docx, name="docx"),
    path("<int:pk>/pack.json", pages.pack_json, name="json"),
    path("<int:pk>/live/", live.live, name="live"),
    path("<int:pk>/rows/", live.save, name="save"),
    path("<int:pk>/rows/<int:row>/strike/", live.strike, name="strike"),
    path("<int:pk>/others/", live.others, name="others"),
]

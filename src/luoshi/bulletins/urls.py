"""公文"""

from django.urls import path

from luoshi.bulletins.views import editing, papers, scoring

app_name = "bulletins"
urlpatterns = [
    path("", papers.index, name="index"),
    path("export.xlsx", papers.export, name="export"),
    path("new/", papers.kinds, name="kinds"),
    path("new/<slug:kind>/", papers.start, name="start"),
    path("wordings/", editing.wordings, name="wordings"),
    path("wordings/<slug:kind>/", editing.wording, name="wording"),
    path("<int:pk>/", papers.show, name="paper"),
    path("<int:pk>/paper.docx", papers.docx, name="docx"),
    path("<int:pk>/paper.pdf", papers.pdf, name="pdf"),
    path("<int:pk>/scores/", scoring.score_sheet, name="scores"),
    path("<int:pk>/particulars/", editing.particulars, name="particulars"),
    path("<int:pk>/passages/<int:at>/", editing.passage, name="passage"),
    path("<int:pk>/passages/<int:at>/numbers/<int:piece>/", papers.number, name="number_source"),
    path("<int:pk>/add/", editing.add, name="add"),
    path("<int:pk>/refresh/", editing.refresh, name="refresh"),
    path("<int:pk>/number/", papers.give_number, name="give_number"),
    path("<int:pk>/steps/<slug:verb>/", papers.step, name="step"),
]

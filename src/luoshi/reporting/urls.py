"""报送"""

from django.urls import path

from luoshi.reporting.views import burden, evidence, figures, review, rounds, sheet, workbook

app_name = "reporting"
urlpatterns = [
    path("", rounds.index, name="index"),
    path("export.xlsx", rounds.export, name="export"),
    path("burden.xlsx", burden.export, name="burden_export"),
    path("rounds/<int:pk>/units.xlsx", rounds.export_units, name="units_export"),
    path("open/", rounds.open_round, name="open"),
    path("rules/", burden.rules, name="rules"),
    path("burden/", burden.burden, name="burden"),
    path("burden/complain/", burden.complain, name="complain"),
    path("complaints/<int:pk>/answer/", burden.answer, name="answer"),
    path("rounds/<int:pk>/", rounds.show, name="round"),
    path("rounds/<int:pk>/postpone/", rounds.postpone, name="postpone"),
    path("rounds/<int:pk>/extend/", rounds.extend, name="extend"),
    path("rounds/<int:pk>/close/", rounds.close, name="close"),
    path("rounds/<int:pk>/review/", review.review, name="review"),
    path("rounds/<int:pk>/collate/", review.collate, name="collate"),
    path("rounds/<int:pk>/snapshots/<int:number>.json", rounds.snapshot, name="snapshot"),
    path("rounds/<int:pk>/units/<int:unit>/", sheet.sheet, name="sheet"),
    path("rounds/<int:pk>/units/<int:unit>/sheet.xlsx", workbook.download, name="workbook"),
    path("rounds/<int:pk>/units/<int:unit>/upload/", workbook.upload, name="upload"),
    path("rounds/<int:pk>/units/<int:unit>/faults/", workbook.faults, name="faults"),
    path("rounds/<int:pk>/units/<int:unit>/reopen/", rounds.reopen, name="reopen"),
    path("rounds/<int:pk>/units/<int:unit>/lock/", rounds.lock, name="lock"),
    path("reports/<int:pk>/return/", review.give_back, name="return"),
    path("figures/<int:pk>/", figures.figure, name="figure"),
    path("figures/<int:pk>/revisions.xlsx", figures.export, name="figure_export"),
    path("figures/<int:pk>/basis/", figures.count_by, name="count_by"),
    path("reports/<int:pk>/save/", sheet.save_row, name="save"),
    path("reports/<int:pk>/evidence/", evidence.attach, name="attach"),
    path("evidence/<int:pk>/", evidence.download, name="evidence"),
    path("evidence/<int:pk>/detach/", evidence.detach, name="detach"),
]

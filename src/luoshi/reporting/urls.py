"""报送"""

from django.urls import path

from luoshi.reporting.views import review, rounds, sheet

app_name = "reporting"
urlpatterns = [
    path("", rounds.index, name="index"),
    path("open/", rounds.open_round, name="open"),
    path("rounds/<int:pk>/", rounds.show, name="round"),
    path("rounds/<int:pk>/remind/", rounds.remind, name="remind"),
    path("rounds/<int:pk>/postpone/", rounds.postpone, name="postpone"),
    path("rounds/<int:pk>/close/", rounds.close, name="close"),
    path("rounds/<int:pk>/review/", review.review, name="review"),
    path("rounds/<int:pk>/collate/", review.collate, name="collate"),
    path("rounds/<int:pk>/snapshots/<int:number>.json", rounds.snapshot, name="snapshot"),
    path("rounds/<int:pk>/units/<int:unit>/", sheet.sheet, name="sheet"),
    path("rounds/<int:pk>/units/<int:unit>/reopen/", rounds.reopen, name="reopen"),
    path("rounds/<int:pk>/units/<int:unit>/lock/", rounds.lock, name="lock"),
    path("reports/<int:pk>/save/", sheet.save_row, name="save"),
]

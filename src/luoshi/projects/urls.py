"""项目"""

from django.urls import path

from luoshi.projects.views import boards, books, pages, rates, sheets

app_name = "projects"
urlpatterns = [
    path("", pages.index, name="index"),
    path("export.xlsx", sheets.export, name="export"),
    path("new/", pages.new, name="new"),
    path("settings/", pages.settings, name="settings"),
    path("sheet/", sheets.sheet, name="import"),
    path("sheet/apply/", sheets.apply, name="apply"),
    path("sheet/faults/", sheets.faults, name="faults"),
    path("<int:pk>/", pages.project, name="project"),
    path("<int:pk>/entries.xlsx", pages.export_entries, name="entries_export"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/milestones/", pages.milestones, name="milestones"),
    path("<int:pk>/do/<slug:verb>/", pages.step, name="step"),
    path("books/", books.index, name="books"),
    path("books.xlsx", books.export, name="books_export"),
    path("books/<int:pk>/gaps.xlsx", books.export_gaps, name="gaps_export"),
    path("books/open/", books.open_books, name="open"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/close/", books.close, name="close"),
    path("books/<int:pk>/settle/<int:project>/<slug:measure>/", books.settle, name="settle"),
    path("books/<int:pk>/<slug:slug>/", books.sheet, name="sheet"),
    path("books/<int:pk>/<slug:slug>/sheet.xlsx", books.workbook, name="workbook"),
    path("books/<int:pk>/<slug:slug>/upload/", books.upload, name="upload"),
    path("rates/", rates.index, name="rates"),
    path("rates/bid/", rates.bid, name="bid"),
    path("rates/<slug:slug>.xlsx", rates.export, name="rate_export"),
    path("rates/<slug:slug>/", rates.one, name="rate"),
    path("boards/", boards.index, name="boards"),
    path("boards.xlsx", boards.export_list, name="boards_export"),
    path("boards/new/", boards.new, name="board_new"),
    path("boards/<int:pk>/", boards.board, name="board"),
    path("boards/<int:pk>/edit/", boards.edit, name="board_edit"),
    path("boards/<int:pk>/board.xlsx", boards.export, name="board_export"),
    path("boards/<int:pk>/do/<slug:verb>/", boards.step, name="board_step"),
    path("boards/<int:pk>/enter/<int:measure>/<int:unit>/", boards.enter, name="enter"),
]

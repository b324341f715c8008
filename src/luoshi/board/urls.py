"""挂图"""

from django.urls import path

from luoshi.board.views import dashboards, walls

app_name = "board"
urlpatterns = [
    path("", dashboards.index, name="index"),
    path("actions/<int:pk>/", dashboards.action, name="action"),
    path("units/<int:pk>/", dashboards.unit, name="unit"),
    path("indicators/<int:pk>/", dashboards.indicator, name="indicator"),
    path("silence/", dashboards.silent, name="silence"),
    path("projects/", dashboards.projects, name="projects"),
    path("wall/", walls.wall, name="wall"),
    path("wall.xlsx", walls.export, name="wall_export"),
    path("wall/screen/", walls.screen, name="screen"),
    path("wall/<slug:size>.pdf", walls.paper, name="paper"),
]

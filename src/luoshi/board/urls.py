"""挂图"""

from django.urls import path, re_path

from luoshi.board.views import walls

app_name = "board"
urlpatterns = [
    path("", walls.wall, name="index"),
    path("wall/", walls.wall, name="wall"),
    path("wall/screen/", walls.screen, name="screen"),
    re_path(r"^wall/(?P<size>a3|a0)\.pdf$", walls.paper, name="paper"),
]

"""单位"""

from django.urls import path

from luoshi.org import views

app_name = "org"
urlpatterns = [
    path("", views.units, name="units"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/names/", views.names, name="names"),
    path("<int:pk>/names/<int:name_pk>/drop/", views.drop, name="drop_name"),
    path("<int:pk>/members/", views.members, name="members"),
    path("<int:pk>/abolish/", views.abolish, name="abolish"),
    path("<int:pk>/rename/", views.rename, name="rename"),
]

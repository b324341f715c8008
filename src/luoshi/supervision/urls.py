"""督办"""

from django.urls import path

from luoshi.supervision.views import acts, pages

app_name = "supervision"
urlpatterns = [
    path("", pages.index, name="index"),
    path("export.xlsx", pages.export, name="export"),
    path("new/", pages.new, name="new"),
    path("plan/", pages.plan, name="plan"),
    path("<int:pk>/", pages.order, name="order"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/extend/", acts.extend, name="extend"),
    path("<int:pk>/do/<slug:verb>/", acts.order_act, name="act"),
    path("shares/<int:pk>/<slug:verb>/", acts.share_act, name="share"),
    path("extensions/<int:pk>/<slug:verb>/", acts.extension_act, name="extension"),
    path("conclusions/<int:pk>/review/", acts.ask_review, name="ask_review"),
    path("reviews/<int:pk>/<slug:verb>/", acts.review_act, name="review"),
]

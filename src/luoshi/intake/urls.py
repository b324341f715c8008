"""方案"""

from django.urls import path, re_path

from luoshi.intake.views import adoption, compare, findings, items, plans, review

app_name = "intake"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("plans.xlsx", plans.export, name="plans_export"),
    path("upload/", plans.upload, name="upload"),
    path("compare/", compare.compare, name="compare"),
    path("compare/places/", compare.places, name="compare_places"),
    path("compare/export.xlsx", compare.export, name="compare_export"),
    path("compare/forget/", compare.forget, name="compare_forget"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/bulk/", review.bulk, name="bulk"),
    path("<int:pk>/open-lists/", review.leave_open_lists, name="open_lists"),
    path("<int:pk>/add/", review.add, name="add"),
    path("<int:pk>/undo/", review.undo, name="undo"),
    path("<int:pk>/items/<int:item>/", items.show, name="item"),
    path("<int:pk>/items/<int:item>/edit/", items.edit, name="edit"),
    path("<int:pk>/items/<int:item>/split/", items.split, name="split"),
    path("<int:pk>/items/<int:item>/doubts/<int:number>/", items.doubt, name="doubt"),
    re_path(
        r"^(?P<pk>\d+)/items/(?P<item>\d+)/(?P<verb>confirm|leave|delete|restore)/$", items.mark, name="mark"
    ),
    path("<int:pk>/findings/", findings.bulk, name="findings"),
    path("<int:pk>/findings.xlsx", findings.export, name="findings_export"),
    path("<int:pk>/findings/<int:finding>/", findings.show, name="finding"),
    path("<int:pk>/findings/<int:finding>/waive/", findings.waive, name="waive"),
    path("<int:pk>/findings/<int:finding>/unwaive/", findings.unwaive, name="unwaive"),
    path("<int:pk>/recheck/", findings.recheck, name="recheck"),
    path("<int:pk>/health/", findings.health, name="health"),
    path("<int:pk>/units/", adoption.units, name="units"),
    path("<int:pk>/units/name/", adoption.name_units, name="name_units"),
    path("<int:pk>/adopt/", adoption.adopt, name="adopt"),
    path("<int:pk>/withdraw/", plans.withdraw, name="withdraw"),
    path("<int:pk>/files/<int:order>/", plans.original, name="original"),
]

"""单位、地区、人员、岗位、账号、记录"""

from django.urls import path

from luoshi.org.views import accounts, governments, people, posts, records, reform, sheets, units

app_name = "org"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/units.xlsx", units.export, name="units_export"),
    path("units/governments.xlsx", governments.export, name="governments_export"),
    path("units/merge/", reform.merge, name="merge"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/names/", units.names, name="names"),
    path("units/<int:pk>/names/<int:name_pk>/drop/", units.drop, name="drop_name"),
    path("units/<int:pk>/members/", units.members, name="members"),
    path("units/<int:pk>/correct/", units.correct, name="correct"),
    path("units/<int:pk>/split/", reform.split, name="split"),
    path("units/<int:pk>/abolish/", units.abolish, name="abolish"),
    path("units/<int:pk>/rename/", units.rename, name="rename"),
    path("units/governments/", governments.governments, name="governments"),
    path("units/governments/<int:pk>/", governments.government, name="government"),
    path("people/", people.people, name="people"),
    path("people/people.xlsx", people.export, name="people_export"),
    path("people/sheet/", sheets.sheet, name="sheet"),
    path("people/sheet/apply/", sheets.apply, name="apply_sheet"),
    path("people/sheet/faults.xlsx", sheets.faults, name="faults"),
    path("people/export.xlsx", sheets.export, name="export"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/name/", people.rename, name="person_name"),
    path("people/<int:pk>/posts/", people.posts, name="posts"),
    path("people/<int:pk>/leave/", people.leave, name="leave"),
    path("people/<int:pk>/return/", people.come_back, name="come_back"),
    path("people/posts/<int:pk>/change/", posts.change, name="change_post"),
    path("people/posts/<int:pk>/end/", posts.end, name="end_post"),
    path("people/posts/<int:pk>/transfer/", posts.transfer, name="transfer"),
    path("people/posts/<int:pk>/hand-over/", posts.hand_over, name="hand_over"),
    path("people/posts/<int:pk>/delegate/", posts.delegate, name="delegate"),
    path("people/delegations/<int:pk>/recall/", posts.recall, name="recall"),
    path("seats/", posts.seats, name="seats"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/accounts.xlsx", accounts.export, name="accounts_export"),
    path("accounts/issue/", accounts.issue, name="issue"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    *(
        path(f"accounts/<int:pk>/{verb}/", accounts.do, {"verb": verb}, name=f"{verb}_account")
        for verb in ("unlock", "suspend", "resume", "close")
    ),
    path("records/", records.records, name="records"),
    path("records/records.xlsx", records.export, name="records_export"),
]

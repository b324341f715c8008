"""提醒"""

from django.urls import path

from luoshi.reminders.views import inbox, leading, settings

app_name = "reminders"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:pk>/", inbox.digest, name="digest"),
    path("read/", inbox.read, name="read"),
    path("mine/", inbox.wish, name="wish"),
    path("waiting.xlsx", inbox.export, name="waiting_export"),
    path("waiting/", inbox.everything, name="everything"),
    path("rounds/<int:pk>/remind/", inbox.remind, name="remind"),
    path("leader/", leading.page, name="leader"),
    path("leader/seen/", leading.seen, name="seen"),
    path("rules/", settings.rules, name="rules"),
    path("rules/set/", settings.set_them, name="set_rules"),
    path("channels/", settings.channels, name="channels"),
    path("channels/mail/", settings.add, {"kind": "mail"}, name="add_mail"),
    path("channels/robot/", settings.add, {"kind": "robot"}, name="add_robot"),
    path("channels/<int:pk>/", settings.edit, name="edit_channel"),
    path("channels/<int:pk>/try/", settings.try_it, name="try_channel"),
    *(
        path(f"channels/<int:pk>/{verb}/", settings.turn, {"verb": verb}, name=f"{verb}_channel")
        for verb in settings.SWITCHES
    ),
]

"""Home, the way in and out, the pulse, and the pages that say what went wrong."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from luoshi.org.actors import actor_of
from luoshi.org.forms.accounts import FirstPasswordForm, PasswordForm, SignInForm
from luoshi.org.requests import Request
from luoshi.org.services.accounts import choose_password
from luoshi.reminders.views import leading
from luoshi.reminders.waiting import waiting


@require_safe
def home(request: Request) -> HttpResponse:
    """待我办: what waits for this person, with what happens if nothing is done; for a leader, their one page."""
    actor = actor_of(request.user)
    if actor.holds("leader"):
        return leading.page(request)
    context = waiting(actor)
    request.waiting_lines = context["lines"]
    return render(request, "site/home.html", context)


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The way in."""

    form_class = SignInForm
    template_name = "org/sign_in.html"
    redirect_authenticated_user = True


class NewPassword(PasswordChangeView):
    """A new password of one's own; other browsers of the same person are logged out by it. Whoever came in with a
    one-time password is led here first, and need not type that again."""

    request: Request
    template_name = "org/password.html"
    success_url = reverse_lazy("home")

    def get_form_class(self) -> type[PasswordForm | FirstPasswordForm]:
        """The old password is asked for, unless it is the one-time one just typed."""
        return FirstPasswordForm if self.request.user.state == "first" else PasswordForm

    def form_valid(self, form: PasswordForm | FirstPasswordForm) -> HttpResponse:
        """Keep it, keep this browser logged in, and say that it is done."""
        account = self.request.user
        choose_password(account, form.cleaned_data["new_password1"], by=actor_of(account))
        update_session_auth_hash(self.request, account)
        messages.success(self.request, "密码已更改，下次登录请用新密码。")
        return redirect(str(self.success_url))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The way out."""
    logout(request)
    return redirect("login")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the machine that watches this one: 200 "ok" when the database answers. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return _problem(request, 400, "请求不完整", "浏览器送来的内容不完整，请返回上一页刷新后重试。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    return _problem(request, 403, "不能查看", "您目前的岗位不能查看这一页，如有需要请联系政府办。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404"""
    return _problem(
        request, 404, "没有这一页", "要找的内容不存在，或不在您的查看范围内。请从左侧栏目重新进入。"
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without rail or account: the database may be what is out of order."""
    told = {"heading": "系统出了问题", "sentence": "这次操作没有完成。请稍后重试，仍不行请联系系统管理员。"}
    return HttpResponse(render_to_string("ui/problem.html", told), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form from an old page."""
    return _problem(request, 403, "页面已过期", "这一页打开得太久，或曾在别处重新登录。请刷新页面后再提交。")


def _problem(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "ui/problem.html", {"heading": title, "sentence": sentence}, status=status)

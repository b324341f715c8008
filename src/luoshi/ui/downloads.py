"""A workbook on its way to the person who asked for it."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(data: bytes, name: str) -> HttpResponse:
    """The workbook as a file of this name, with today's date in it."""
    response = HttpResponse(data, content_type=EXCEL)
    day = timezone.localdate().strftime("%Y%m%d")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}{day}.xlsx")
    return response

"""What full-text search reads: one row for every thing that can be found, its words folded (core/searching.py)."""

from django.db import models


class SearchText(models.Model):
    """The words of one thing: `kind` names its source (ledger/searching.py), `object_id` the row; `head` are those of its
    name, `body` all of them. Written with the thing itself; nothing is shown from here."""

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    head = models.TextField()
    body = models.TextField()

    class Meta:
        verbose_name = "检索文本"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_text_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

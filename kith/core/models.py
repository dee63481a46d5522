"""What the host decides for everybody, one row a setting."""

from django.db import models


class HostSetting(models.Model):
    """A value the host set; the code that uses a setting declares its default."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()
    set_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name

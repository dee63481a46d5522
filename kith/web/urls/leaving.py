"""Taking everything out, and leaving."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Notices and what reaches whom."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

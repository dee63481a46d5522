"""Profiles: people, one's own profile, photos, the public page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

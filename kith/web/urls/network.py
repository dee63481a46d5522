"""The network: connections, invitations, followers, reach."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

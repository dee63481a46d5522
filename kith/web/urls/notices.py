"""Notices and what reaches whom; blocks."""

from django.urls import path

from kith.web.views import blocks

urlpatterns = [
    path("settings/blocked/", blocks.blocked_people, name="blocked_people"),
    path("settings/blocked/<slug:handle>/unblock/", blocks.unblock, name="unblock"),
    path("people/<slug:handle>/block/", blocks.block, name="block"),
]

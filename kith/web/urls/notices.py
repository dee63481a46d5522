"""Notices and what reaches whom; blocks."""

from django.urls import path

from kith.web.views import blocks, notices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/settings/", notices.notice_settings, name="notice_settings"),
    path("notices/settings/<slug:kind>/", notices.switch_kind, name="switch_kind"),
    path("notices/<slug:public_id>/open/", notices.open_notice, name="open_notice"),
    path("notices/<slug:public_id>/mark/", notices.mark_notice, name="mark_notice"),
    path("announcements/<slug:public_id>/", notices.announcement, name="announcement"),
    path("settings/blocked/", blocks.blocked_people, name="blocked_people"),
    path("settings/blocked/<slug:handle>/unblock/", blocks.unblock, name="unblock"),
    path("people/<slug:handle>/block/", blocks.block, name="block"),
]

"""The host console, the brand everybody sees, and the two doors without an account: health, no more letters."""

from django.urls import path

from kith.web.views import security_txt
from kith.web.views.host import (
    announcements,
    audit,
    front,
    health,
    house,
    invitations,
    members,
    organisations,
    outbox,
    roster,
)

urlpatterns = [
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("healthz", health.healthz, name="healthz"),
    path("branding.css", house.brand_css, name="brand_css"),
    path("branding/<slug:name>.png", house.brand_logo, name="brand_logo"),
    path("no-more-letters/<slug:token>/", roster.no_more_letters, name="no_more_letters"),
    path("host/", front.host, name="host"),
    path("host/members/", members.host_members, name="host_members"),
    path("host/members/<slug:public_id>/", members.host_member, name="host_member"),
    path("host/members/<slug:public_id>/link/", members.host_member_link, name="host_member_link"),
    path(
        "host/members/<slug:public_id>/second-step/",
        members.host_member_second_step,
        name="host_member_second_step",
    ),
    path("host/members/<slug:public_id>/suspend/", members.host_member_suspend, name="host_member_suspend"),
    path("host/members/<slug:public_id>/let-in/", members.host_vouch, name="host_vouch"),
    path("host/members/<slug:public_id>/role/", members.host_role, name="host_role"),
    path("host/members/<slug:public_id>/fields/", members.host_fields, name="host_fields"),
    path("host/requests/<slug:public_id>/", members.host_request, name="host_request"),
    path("host/restrictions/<slug:public_id>/lift/", members.host_lift, name="host_lift"),
    path("host/restrictions/<slug:public_id>/appeal/", members.host_appeal, name="host_appeal"),
    path("host/invitations/", invitations.host_invitations, name="host_invitations"),
    path(
        "host/invitations/<slug:public_id>/revoke/",
        invitations.host_join_link_revoke,
        name="host_join_link_revoke",
    ),
    path("host/roster/", roster.host_roster, name="host_roster"),
    path("host/roster/import/", roster.host_roster_import, name="host_roster_import"),
    path("host/roster/write/", roster.host_roster_write, name="host_roster_write"),
    path("host/roster/roster.csv", roster.host_roster_csv, name="host_roster_csv"),
    path("host/roster/<slug:public_id>/withdraw/", roster.host_roster_withdraw, name="host_roster_withdraw"),
    path("host/roster/<slug:public_id>/link/", roster.host_roster_link, name="host_roster_link"),
    path("host/announcements/", announcements.host_announcements, name="host_announcements"),
    path(
        "host/announcements/<slug:public_id>/withdraw/",
        announcements.host_announcement_withdraw,
        name="host_announcement_withdraw",
    ),
    path("host/brand/", house.host_brand, name="host_brand"),
    path("host/brand/remove-logo/", house.host_brand_logo_remove, name="host_brand_logo_remove"),
    path("host/settings/", house.host_settings, name="host_settings"),
    path("host/organisations/", organisations.host_organisations, name="host_organisations"),
    path(
        "host/organisations/<slug:public_id>/merge/",
        organisations.host_organisation_merge,
        name="host_organisation_merge",
    ),
    path(
        "host/organisations/<slug:public_id>/part/",
        organisations.host_organisation_part,
        name="host_organisation_part",
    ),
    path("host/health/", health.host_health, name="host_health"),
    path("host/audit/", audit.host_audit, name="host_audit"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:public_id>/", outbox.letter, name="letter"),
    path("outbox/<slug:public_id>/again/", outbox.letter_again, name="letter_again"),
]

"""The network: connecting, invitations, followers, connections, reach."""

from django.urls import path

from kith.web.views import (
    connect,
    connections,
    follows,
    from_archive,
    invitations,
    invited,
    network,
    network_choices,
    reach,
    reports,
    suggested,
)

urlpatterns = [
    path("people/<slug:handle>/connect/", connect.connect, name="connect"),
    path("people/<slug:handle>/report/", reports.report, name="report_member"),
    path("people/<slug:handle>/not-suggested/", suggested.dismiss, name="dismiss_suggestion"),
    path("reported/", reports.reports, name="reports"),
    path("network/", network.network, name="network"),
    path("network/by-email/", network.invite_by_email, name="invite_by_email"),
    path("network/appeal/", network.appeal_invitations, name="appeal_invitations"),
    path("network/invitations/", invitations.invitations, name="invitations"),
    path("network/invitations/sent/", invitations.sent_invitations, name="sent_invitations"),
    path("network/invitations/<slug:public_id>/", invitations.invitation, name="invitation"),
    path(
        "network/invitations/<slug:public_id>/answer/",
        invitations.answer_invitation,
        name="answer_invitation",
    ),
    path(
        "network/invitations/<slug:public_id>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "network/invitations/<slug:public_id>/say/", invitations.say_to_invitation, name="say_to_invitation"
    ),
    path("people/<slug:handle>/follow/", follows.follow, name="follow"),
    path("people/<slug:handle>/unfollow/", follows.unfollow, name="unfollow"),
    path("people/<slug:handle>/connections/", connections.connections_of, name="connections_of"),
    path("people/<slug:handle>/in-common/", connections.in_common, name="in_common"),
    path("people/<slug:handle>/disconnect/", connections.disconnect, name="disconnect"),
    path("network/followers/", follows.followers, name="followers"),
    path("network/followers/followers.csv", follows.followers_file, name="followers_file"),
    path("network/followers/<slug:handle>/remove/", follows.remove_follower, name="remove_follower"),
    path("network/following/", follows.following, name="following"),
    path("network/following/following.csv", follows.following_file, name="following_file"),
    path("network/connections/", connections.connections, name="connections"),
    path("network/from-archive/", from_archive.from_archive, name="from_archive"),
    path("people/<slug:handle>/not-now/", from_archive.put_off, name="put_off"),
    path("network/reach/", reach.reach, name="reach"),
    path("companies/<slug:public_id>/", reach.company, name="company"),
    path("settings/network/", network_choices.network_choices, name="network_choices"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("no-invitations/<str:token>/", invited.no_invitations, name="no_invitations"),
]

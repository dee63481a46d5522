"""Every page's address, by part; each has its row in the permission matrix (tests/web/permissions)."""

from kith.web.urls import accounts, desk, host, leaving, network, notices, profiles

urlpatterns = [
    *accounts.urlpatterns,
    *desk.urlpatterns,
    *profiles.urlpatterns,
    *network.urlpatterns,
    *notices.urlpatterns,
    *leaving.urlpatterns,
    *host.urlpatterns,
]

"""Every address of the host: pages now; the API mirrors them when it lands."""

from django.urls import include, path

urlpatterns = [path("", include("kith.web.urls"))]

handler400 = "kith.web.views.errors.bad_request"
handler403 = "kith.web.views.errors.forbidden"
handler404 = "kith.web.views.errors.not_found"
handler500 = "kith.web.views.errors.server_error"

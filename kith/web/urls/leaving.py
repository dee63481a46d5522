"""Taking everything out, and leaving."""

from django.urls import path

from kith.web.views import leaving

urlpatterns = [
    path("leave/", leaving.leave, name="leave"),
    path("leave/copy/", leaving.take_out, name="take_out"),
    path("leave/copy/<slug:public_id>/", leaving.export, name="export"),
    path("leave/copy/<slug:public_id>/kith-export.zip", leaving.export_file, name="export_file"),
    path("leave/came-along/", leaving.came_along, name="came_along"),
    path("leave/for-good/", leaving.leave_for_good, name="leave_for_good"),
]

"""Every page's address; each has its row in the permission matrix (tests/web/permissions.py)."""

from django.urls import path

from kith.web.views import front, imports, styleguide

urlpatterns = [
    path("", front.front, name="front"),
    path("walk-in/<slug:role>/", front.walk_in, name="walk_in"),
    path("link/<slug:public_id>/<str:token>/", front.link, name="link"),
    path("welcome/", front.welcome, name="welcome"),
    path("sign-out/", front.sign_out, name="sign_out"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("bring-in/", imports.bring_in, name="bring_in"),
    path("bring-in/sample/", imports.sample, name="bring_in_sample"),
    path("bring-in/<slug:public_id>/", imports.import_run, name="import_run"),
    path("bring-in/<slug:public_id>/start/", imports.start, name="import_start"),
    path("bring-in/<slug:public_id>/cancel/", imports.cancel, name="import_cancel"),
    path("bring-in/<slug:public_id>/take-back/", imports.take_back, name="import_take_back"),
]

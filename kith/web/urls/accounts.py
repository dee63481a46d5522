"""The doors: the front page, coming in, signing in and out, one's account."""

from django.urls import path

from kith.web.views import front, styleguide

urlpatterns = [
    path("", front.front, name="front"),
    path("walk-in/<slug:role>/", front.walk_in, name="walk_in"),
    path("link/<slug:public_id>/<str:token>/", front.link, name="link"),
    path("welcome/", front.welcome, name="welcome"),
    path("held/", front.held, name="held"),
    path("sign-out/", front.sign_out, name="sign_out"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

"""Profiles: people, one's own profile, photos, the public page."""

from django.urls import path

from kith.web.views import people, public

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<slug:handle>/", public.public_page, name="member"),
    path("people/<slug:handle>/card.vcf", public.card_file, name="card_file"),
    path("people/<slug:handle>/resume.json", public.resume_file, name="resume_file"),
    path("profile/public/", public.switch_public, name="switch_public"),
]

"""Profiles: people, one's own profile, photos, the public page."""

from django.urls import path, register_converter

from kith.web.views import fill, people, photos, profile, profile_edit, public, recommending, vouching
from kith.web.views.profile_parts import PartConverter

register_converter(PartConverter, "part")

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<slug:handle>/", profile.member, name="member"),
    path("people/<slug:handle>/card.vcf", public.card_file, name="card_file"),
    path("people/<slug:handle>/resume.json", public.resume_file, name="resume_file"),
    path("people/<slug:handle>/endorse/", vouching.endorse, name="endorse"),
    path("people/<slug:handle>/endorse/ask/", vouching.ask_endorsement, name="ask_endorsement"),
    path("people/<slug:handle>/recommend/", recommending.recommend, name="recommend"),
    path("people/<slug:handle>/recommend/ask/", recommending.ask_recommendation, name="ask_recommendation"),
    path("endorsements/", vouching.endorsements, name="endorsements"),
    path("endorsements/skill/", vouching.endorsed_skill, name="endorsed_skill"),
    path("endorsements/<slug:public_id>/", vouching.endorsement, name="endorsement"),
    path("recommendations/", recommending.recommendations, name="recommendations"),
    path("recommendations/<slug:public_id>/", recommending.recommendation, name="recommendation"),
    path("profile/fill/", fill.fill_profile, name="fill_profile"),
    path("profile/public/", public.switch_public, name="switch_public"),
    path("profile/audiences/", profile_edit.audiences, name="audiences"),
    path("profile/organisations/", profile_edit.organisations, name="organisations"),
    path("profile/photo/", photos.profile_photo, name="profile_photo"),
    path("profile/photo/remove/", photos.remove_picture, name="remove_photo"),
    path("profile/banner/", photos.profile_photo, {"what": "banner"}, name="profile_banner"),
    path("profile/banner/remove/", photos.remove_picture, {"what": "banner"}, name="remove_banner"),
    path("profile/<part:part>/", profile_edit.profile_section, name="profile_section"),
    path("profile/<part:part>/audience/", profile_edit.profile_audience, name="profile_audience"),
    path("profile/<part:part>/<slug:public_id>/", profile_edit.profile_row, name="profile_row"),
    path("profile/<part:part>/<slug:public_id>/move/", profile_edit.move_row, name="move_row"),
    path("profile/<part:part>/<slug:public_id>/remove/", profile_edit.remove_row, name="remove_row"),
    path("photos/<slug:key>/<slug:size>.webp", photos.photo, name="photo"),
]

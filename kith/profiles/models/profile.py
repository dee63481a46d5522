"""What a member says about themselves, section by section, each with its own audience."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.ids import public_id
from kith.members.models import Member, Organisation
from kith.members.policy import Viewer


class Audience(models.TextChoices):
    """Who may see a section; the network adds the owner's connections."""

    ME = "me", _("only me")
    MEMBERS = "members", _("members")
    WEB = "web", _("everyone on the web")


class Section(models.TextChoices):
    """The parts of a profile that carry an audience of their own; name, headline, place and photo are the card."""

    SUMMARY = "summary", _("Summary")
    SPECIALTIES = "specialties", _("What I am uniquely good at")
    POSITIONS = "positions", _("Positions")
    EDUCATION = "education", _("Education")
    SKILLS = "skills", _("Skills")
    LANGUAGES = "languages", _("Languages")
    LINKS = "links", _("Links")
    BIRTHDAY = "birthday", _("Birthday")
    PUBLIC_PHOTO = "photo", _("Photo and banner")
    ENDORSEMENTS = "endorsements", _("Who vouches for my skills")
    RECOMMENDATIONS = "recommendations", _("Recommendations")


# Words of others, who agreed to members and no more.
BY_OTHERS = (Section.ENDORSEMENTS, Section.RECOMMENDATIONS)
DEFAULT_AUDIENCES = {section.value: Audience.MEMBERS.value for section in Section} | {
    Section.BIRTHDAY.value: Audience.ME.value
}


class Profile(models.Model):
    """One member's profile beyond the card; made with the first edit, absent means empty."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="profile")
    pronunciation = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    banner_key = models.CharField(max_length=16, blank=True)
    audiences = models.JSONField(default=dict, help_text="section to audience, where not the default")
    birthday_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birthday_day = models.PositiveSmallIntegerField(null=True, blank=True)
    public_since = models.DateTimeField(null=True, blank=True, help_text="opted in to the public page")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birthday_month__isnull=True, birthday_day__isnull=True)
                | Q(birthday_month__range=(1, 12), birthday_day__range=(1, 31)),
                name="profile_birthday_whole",
            )
        ]
        indexes = [models.Index("banner_key", condition=~Q(banner_key=""), name="profile_by_banner")]


def kept_to_oneself(section: Section, member: str) -> Exists:
    """Whether the member in a row's column shows this section to nobody."""
    chosen = {f"audiences__{section.value}": Audience.ME.value}
    return Exists(Profile.objects.filter(member=OuterRef(member), **chosen))


class ProfileRowQuerySet(models.QuerySet):
    """Rows of a profile; whether their section is shown is decided once, in `profiles.shown`."""

    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def visible_to(self, viewer: Viewer) -> Self:
        """A member's own rows, for editing; what others see goes through `profiles.shown`."""
        return self.filter(member=viewer.member) if viewer.member else self.none()


ProfileRowManager = models.Manager.from_queryset(ProfileRowQuerySet)


class ProfileRow(models.Model):
    """A row of one section; `place_in_list` is the owner's order where the section has one."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    place_in_list = models.PositiveSmallIntegerField(default=0)

    objects = ProfileRowManager()

    class Meta:
        abstract = True
        ordering = ["place_in_list", "id"]


class Position(ProfileRow):
    """Work held: months may be unknown; no end means still held."""

    title = models.CharField(max_length=160)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    place = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    start_month = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(null=True, blank=True)


class Education(ProfileRow):
    """A school attended."""

    school = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="schoolings"
    )
    degree = models.CharField(max_length=160, blank=True)
    field = models.CharField(max_length=160, blank=True)
    description = models.TextField(blank=True)
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)


class Specialty(ProfileRow):
    """What somebody is uniquely good at: one to three say most; never a skill (PRO-04, E-21)."""

    text = models.CharField(max_length=120)
    key = models.CharField(max_length=120)

    class Meta(ProfileRow.Meta):
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="specialty_once")]


class Skill(ProfileRow):
    """A skill others can endorse once the network is there."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)

    class Meta(ProfileRow.Meta):
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="skill_once")]


class Language(ProfileRow):
    """A language and how well."""

    name = models.CharField(max_length=60)
    level = models.CharField(max_length=60, blank=True)


class Link(ProfileRow):
    """An address elsewhere: http or https only (b40)."""

    label = models.CharField(max_length=80, blank=True)
    url = models.URLField(max_length=500)


class ContactField(ProfileRow):
    """A way to reach somebody, with an audience of its own."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        ADDRESS = "address", _("Address")
        MESSENGER = "messenger", _("Messenger")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ME)

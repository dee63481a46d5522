"""What members say of themselves, and what others say of them."""

from kith.profiles.models.endorsement import Endorsement, EndorsementRequest
from kith.profiles.models.profile import (
    BY_OTHERS,
    DEFAULT_AUDIENCES,
    Audience,
    ContactField,
    Education,
    Language,
    Link,
    Position,
    Profile,
    ProfileRow,
    Section,
    Skill,
    Specialty,
)
from kith.profiles.models.recommendation import Recommendation
from kith.profiles.models.suggestion import DismissedSuggestion

__all__ = [
    "BY_OTHERS",
    "DEFAULT_AUDIENCES",
    "Audience",
    "ContactField",
    "DismissedSuggestion",
    "Education",
    "Endorsement",
    "EndorsementRequest",
    "Language",
    "Link",
    "Position",
    "Profile",
    "ProfileRow",
    "Recommendation",
    "Section",
    "Skill",
    "Specialty",
]

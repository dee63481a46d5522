"""Organisations somebody may learn of: those that profiles name where the viewer may read it."""

from django.db.models import Q

from kith.core.text import fold
from kith.members.models import Organisation
from kith.members.organisations import found_by
from kith.members.policy import Viewer
from kith.profiles.models import Education, Position
from kith.profiles.shown import rows_shown

FEWEST_LETTERS = 2


def organisations_known(viewer: Viewer, words: str, most: int = 10) -> list[Organisation]:
    """Standing organisations of which some spelling holds these words; what is only named in private stays so."""
    if len(fold(words)) < FEWEST_LETTERS:
        return []
    work = rows_shown(Position, viewer).values("organisation")
    schools = rows_shown(Education, viewer).values("school")
    named = Organisation.objects.filter(Q(pk__in=work) | Q(pk__in=schools))
    of_these = Q(pk__in=named) | Q(pk__in=named.values("merged_into")) | Q(merged_into__in=named)
    return found_by(words, Organisation.objects.filter(of_these), most)

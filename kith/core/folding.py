"""Folding as the database does it, so that a column of folded text can never be stale."""

from django.db.models import Func, TextField

_MARKS = r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06dc\u3099\u309a]"


class Folded(Func):
    """Lower case, no accents or vowel points: what people are found by, on both sides of the comparison."""

    output_field = TextField()
    arity = 1
    template = (
        "replace(replace(replace(replace(translate(lower(regexp_replace(normalize(%(expressions)s, NFKD), "
        f"'{_MARKS}', '', 'g')), 'øđłıð', 'odlid'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')"
    )

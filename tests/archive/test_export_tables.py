"""No model is forgotten: whatever the house keeps is exported or named with a reason (G17)."""

from django.apps import apps
from django.db.models import Model

from kith.archive.export.reasons import NOT_EXPORTED, NOT_FOLLOWED
from kith.archive.export.tables import MINE, Table
from kith.archive.export.ties import TIES
from kith.members.models import Member

EXPORTED = {owned.model._meta.label for owned in (*MINE, *TIES)}


def test_every_model_is_exported_or_named_with_a_reason() -> None:
    known = EXPORTED | set(NOT_EXPORTED)
    assert [model._meta.label for model in apps.get_models() if model._meta.label not in known] == []


def test_every_key_to_a_member_is_followed_or_has_a_reason() -> None:
    followed = {f"{owned.model._meta.label}.{owned.owner.split('__')[0]}" for owned in (*MINE, *TIES)}
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Member and model._meta.label not in NOT_EXPORTED
    }
    assert keys - followed == set(NOT_FOLLOWED)


def test_no_reason_is_left_over() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    assert [label for label in NOT_EXPORTED if label not in labels or label in EXPORTED] == []
    assert all(reason.strip() for reason in NOT_EXPORTED.values())


def test_every_column_of_a_table_goes_out_or_has_a_reason() -> None:
    assert [missing for table in MINE for missing in columns_forgotten(table)] == []


def columns_forgotten(table: Table) -> list[str]:
    known = {*table.fields, *table.points_at, *table.codecs, *table.files, *table.left_out, table.owner, "pk"}
    return [
        f"{table.name}.{field.name}"
        for field in table.model._meta.concrete_fields
        if field.name not in known and not field.primary_key
    ]


def test_no_table_goes_out_twice() -> None:
    models: list[type[Model]] = [table.model for table in MINE]
    assert len(models) == len(set(models))
    paths = [owned.path for owned in (*MINE, *TIES)]
    assert len(paths) == len(set(paths))

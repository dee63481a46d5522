"""Spellings of one organisation: found, merged, parted."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from kith.core.refusal import Refused
from kith.members.models import AuditEntry, Member, Organisation
from kith.members.organisations import (
    find_or_make,
    found_by,
    merge_organisations,
    part_organisations,
    spellings_of,
)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["Novamed", "novamed", " NOVAMED ", "Növamed", "nova\u0301med"])
def test_case_accents_and_blanks_make_no_new_organisation(spelling: str) -> None:
    first = find_or_make("Novamed")
    assert find_or_make(spelling) == first
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_no_name_is_no_organisation_and_a_long_one_is_refused() -> None:
    assert find_or_make("  ") is None
    with pytest.raises(Refused, match="at most 160"):
        find_or_make("x" * 161)
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_merged_spelling_finds_the_one_that_stands(hana: Member) -> None:
    kept, other, behind = (find_or_make(name) for name in ("Novamed AS", "Nvmd", "Enn-Vau"))
    merge_organisations(other, behind, actor=hana)
    merge_organisations(kept, other, actor=hana)
    assert found_by("nvm") == found_by("enn-v") == [kept]
    assert find_or_make("nvmd").stands_for == find_or_make("enn-vau").stands_for == kept
    assert list(spellings_of(kept)) == [behind, other]
    assert list(Organisation.objects.standing()) == [kept]


@pytest.mark.django_db
def test_taking_a_merge_back_brings_its_spellings_along(hana: Member) -> None:
    kept, other, behind, own = (find_or_make(name) for name in ("Novamed AS", "Nvmd", "Enn-Vau", "NM"))
    merge_organisations(other, behind, actor=hana)
    merge_organisations(kept, own, actor=hana)
    merge_organisations(kept, other, actor=hana)
    other.refresh_from_db()
    part_organisations(other, actor=hana)
    assert find_or_make("enn-vau").stands_for == find_or_make("nvmd") == other
    assert find_or_make("nm").stands_for == kept
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        *["organisations_merged"] * 3, "organisations_parted",
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_cannot_be_merged_or_parted_is_refused() -> None:
    kept, other, third = (find_or_make(name) for name in ("A", "B", "C"))
    with pytest.raises(Refused, match="two different"):
        merge_organisations(kept, kept)
    with pytest.raises(Refused, match="not merged"):
        part_organisations(kept)
    merge_organisations(kept, other)
    for one, two in [(third, other), (other, third)]:
        with pytest.raises(Refused, match="merged already"):
            merge_organisations(one, two)


@pytest.mark.django_db(transaction=True)
def test_one_name_typed_by_many_at_once_is_one_organisation() -> None:
    together, found = Barrier(8), []

    def type_it() -> None:
        together.wait()
        found.append(find_or_make("Novamed").pk)
        connection.close()

    threads = [Thread(target=type_it) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1

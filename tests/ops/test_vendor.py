import json
from pathlib import Path

import pytest

from kith.ops import vendor


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one vendored file, all in order."""
    (tmp_path / "vendor.toml").write_text(
        '[[package]]\nname = "@a/lib"\nversion = "1.0.0"\nfiles = ["dist/lib.js"]\n'
    )
    place = tmp_path / "kith/web/static/vendor/lib"
    place.mkdir(parents=True)
    (place / "lib.js").write_text("one()\n")
    digest = vendor._digest("sha384", b"one()\n")
    entry = {"version": "1.0.0", "integrity": "x", "files": {"kith/web/static/vendor/lib/lib.js": digest}}
    (tmp_path / "vendor.lock.json").write_text(json.dumps({"@a/lib": entry}))
    return tmp_path


def test_what_is_committed_is_what_was_fetched():
    assert vendor.differences() == []


def test_the_lock_names_no_host():
    assert "://" not in (vendor.ROOT / "vendor.lock.json").read_text()


def test_every_vendored_folder_carries_its_licence():
    for package in vendor.wanted(vendor.ROOT):
        assert (vendor.ROOT / package.place / "LICENSE").stat().st_size > 100


def test_no_vendored_script_asks_for_its_map():
    for script in (vendor.ROOT / vendor.FOLDER).rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


def test_a_changed_file_is_named(project):
    (project / "kith/web/static/vendor/lib/lib.js").write_text("two()\n")
    assert vendor.differences(project) == ["kith/web/static/vendor/lib/lib.js was changed"]


def test_a_missing_and_a_foreign_file_are_named(project):
    place = project / "kith/web/static/vendor/lib"
    (place / "lib.js").rename(place / "other.js")
    assert vendor.differences(project) == [
        "kith/web/static/vendor/lib/lib.js is missing",
        "kith/web/static/vendor/lib/other.js is not in vendor.lock.json",
    ]


def test_a_new_version_has_to_be_fetched(project):
    written = (project / "vendor.toml").read_text()
    (project / "vendor.toml").write_text(written.replace("1.0.0", "1.1.0"))
    assert vendor.differences(project) == ["@a/lib 1.1.0 is not in vendor.lock.json"]


def test_a_sprite_holds_each_icon_by_its_name():
    drawn = vendor.sprite({"x": '<!-- licence -->\n<svg class="lucide">\n <path d="M1 2" />\n</svg>'})
    assert '<symbol id="x"' in drawn and '<path d="M1 2" />' in drawn and "lucide" not in drawn

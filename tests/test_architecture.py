"""What import-linter cannot see of the house's order."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
KITH = ROOT / "kith"
LONGEST_FILE = 400
WITH_HTTP = {"web", "api", "settings", "urls", "wsgi", "asgi"}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.urls", "django.contrib.messages")


def layers() -> dict[str, int]:
    """Module to height, 0 the lowest, as pyproject.toml has it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): height for height, line in enumerate(reversed(lines)) for name in line.split("|")
    }


def tracked(pattern: str) -> list[Path]:
    """Files of the repository, new ones included, without what git ignores."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).exists()]


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_foreign_keys_point_downwards() -> None:
    height = layers()
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("kith.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("kith.")
        and height[field.related_model.__module__.split(".")[1]] > height[model.__module__.split(".")[1]]
    ]
    assert not upwards


def test_no_two_apps_of_one_height_point_at_each_other() -> None:
    height = layers()
    sideways = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("kith.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("kith.")
        and field.related_model._meta.app_label != model._meta.app_label
        and height[field.related_model.__module__.split(".")[1]] == height[model.__module__.split(".")[1]]
    ]
    assert not sideways


def test_domain_modules_know_no_http() -> None:
    knowing = [
        f"{file.relative_to(ROOT)}: {module}"
        for file in KITH.rglob("*.py")
        if file.relative_to(KITH).parts[0].removesuffix(".py") not in WITH_HTTP
        for module in imported_modules(file)
        if module.startswith(HTTP)
    ]
    assert not knowing


def test_models_do_not_import_actions() -> None:
    importing = [
        str(file.relative_to(ROOT))
        for file in KITH.rglob("*.py")
        if file.stem == "models" or file.parent.name == "models"
        if any(part.endswith(".actions") for part in imported_modules(file))
    ]
    assert not importing


def test_ops_needs_no_django_to_be_imported() -> None:
    needing = [
        f"{file.name}: {module}"
        for file in (KITH / "ops").glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
        if module.split(".")[0] == "django"
    ]
    assert not needing


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline style", r"\sstyle\s*="),
        ("inline script", r"<script(?![^>]*\ssrc=)[^>]*>"),
        ("inline handler", r"<[^>]*\son[a-z]+\s*="),
        ("style element", r"<style\b"),
        ("address of another host", r"""(?:src|action|srcset)\s*=\s*["']\s*(?:https?:)?//"""),
    ],
)
def test_templates_keep_the_content_security_policy(what: str, pattern: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match.group()[:60]}"
        for file in tracked("kith/**/*.html")
        for match in re.finditer(pattern, file.read_text())
    ]
    assert not found, what


def test_no_file_is_longer_than_it_can_be_read() -> None:
    files = [path for suffix in ("py", "html", "css", "js") for path in tracked(f"*.{suffix}")]
    long = [
        f"{file.relative_to(ROOT)}: {lines}"
        for file in files
        if not {"vendor", "migrations", "data"} & set(file.parts)
        and (lines := len(file.read_text().splitlines())) > LONGEST_FILE
    ]
    assert not long


def test_migrations_are_named() -> None:
    unnamed = [
        str(file) for file in tracked("kith/*/migrations/*.py") if re.search(r"_auto_|\d{8}_\d{4}", file.name)
    ]
    assert not unnamed


def test_modules_are_named_for_what_they_are_about() -> None:
    vague = {"utils", "helpers", "services", "selectors", "managers", "misc", "common"}
    found = [str(file) for file in tracked("kith/**/*.py") if vague & {file.stem, *file.parts}]
    assert not found


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)

"""What every page must pass: axe without a finding, no sideways scrolling, words large enough to read."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
WIDTHS = (390, pytest.param(1280, marks=pytest.mark.slow))  # a phone in each run, a desk in the slow tier
SMALLEST = 14  # px of any word

# Whatever may scroll by itself, such as a wide table, may be wider than the page.
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((piece) => {
  const box = piece.getBoundingClientRect();
  if (!box.width || !box.height || !piece.checkVisibility() || getComputedStyle(piece).position === "fixed") return false;
  if (box.right <= innerWidth + 1 && box.left >= -1) return false;
  for (let around = piece; around; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (["auto", "scroll"].includes(style.overflowX) || style.clipPath !== "none") return false;
    if (around.matches("dialog, .skip")) return false;
  }
  return true;
}).map((piece) => `${piece.tagName}.${piece.getAttribute("class")} ${piece.textContent.trim().slice(0, 40)}`)"""

TOO_SMALL = """(smallest) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
  while (walker.nextNode()) {
    const words = walker.currentNode, around = words.parentElement;
    if (!words.data.trim() || !around.checkVisibility() || around.closest("script, style")) continue;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (size < smallest) found.add(`${size}px in ${around.tagName}.${around.getAttribute("class")}`);
  }
  return [...found];
}"""


def assert_accessible(page: Page, rules: list[str] | None = None) -> None:
    """Nothing for axe to find, as the page stands now; `rules`: these alone."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        asked["runOnly"] = {"type": "rule", "values": rules}
    found: dict[str, Any] = page.evaluate("(asked) => axe.run(asked)", asked)
    assert [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"][:5]
    ] == []


def assert_fits(page: Page, width: int) -> None:
    """Nothing reaches beyond the page's edge at this width."""
    height = (page.viewport_size or {"height": 900})["height"]
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []


def assert_readable(page: Page) -> None:
    assert page.evaluate(TOO_SMALL, SMALLEST) == []


def is_sound(page: Page, width: int) -> None:
    """It fits, is large enough, and axe finds nothing by day, nor by night in what other colours can change."""
    assert_fits(page, width)
    assert_readable(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert_accessible(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert_accessible(page, ["color-contrast", "link-in-text-block"])

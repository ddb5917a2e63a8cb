"""The sprite holds every icon that pages name, and none that they do not."""

import re
from pathlib import Path

import pytest

from strategy.platforms import PLATFORM_NAMES

ROOT = Path(__file__).resolve().parents[2]
SPRITE = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (ROOT / "static" / "icons.svg").read_text()))
NAMED = re.compile(r'icon[ =]"([a-z0-9-]+)"|icons\.svg\' %}#([a-z0-9-]+)|\ba?icon\("([a-z0-9-]+)"')
IN_CODE = re.compile(r'"([a-z][a-z0-9-]+)"')


def named() -> set[str]:
    pages = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    found = {name for page in pages for match in NAMED.findall(page) for name in match if name}
    code = [ROOT / "smm" / "context.py", ROOT / "smm" / "templatetags" / "ui.py", *ROOT.glob("*/views/*.py")]
    return found | {name for path in code for name in IN_CODE.findall(path.read_text()) if name in SPRITE}


def test_every_named_icon_is_in_the_sprite():
    assert named() - SPRITE == set()


def test_no_icon_is_carried_in_vain():
    assert {name for name in SPRITE if not name.startswith("p-")} - named() == set()


@pytest.mark.parametrize("slug", PLATFORM_NAMES)
def test_every_platform_has_its_glyph(slug):
    assert f"p-{slug}" in SPRITE

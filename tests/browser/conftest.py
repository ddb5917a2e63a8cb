"""A real browser on the running application: who looks, in which window, and what a page must never do there."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from tests.cast import Cast, make_cast

AXE = Path(__file__).with_name("axe.min.js").read_text()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Heard before any script of the page runs.
LISTEN = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const place = `${event.sourceFile}:${event.lineNumber}`;
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${place}`);
});
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => {
  const result = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  const words = (v, n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`;
  return result.violations.flatMap((v) => v.nodes.map((n) => words(v, n)));
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const inside = (e) => e.parentElement?.closest(".table-scroll, .heat-scroll, .tabs, .visually-hidden");
  return ["page scrolls sideways"].concat([...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !inside(e))
    .map((e) => `${e.tagName}.${e.getAttribute("class")}`).slice(0, 8));
}"""
# Buttons and fields that a finger must hit; links inside sentences are exempt (WCAG 2.5.8).
TOO_SMALL = """() => [...document.querySelectorAll("button, .btn, select, input, summary, .rail-link")]
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && box.height && (box.width < 24 || box.height < 24)
    && !e.closest(".visually-hidden") && e.type !== "checkbox" && e.type !== "radio")
  .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.width)}×${Math.round(box.height)}`)"""

# Text that is squeezed into a column a few letters wide, one under the other.
SQUEEZED = """() => [...document.querySelectorAll("main *")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim().length > 12))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 2 && box.width < 48 && box.height > 4 * box.width)
  .map(([e]) => `squeezed: ${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


@dataclass(frozen=True)
class View:
    """One way of looking: the window's width, the theme, the language."""

    width: int
    theme: str
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}"


# Every width, theme and language, and every two of them together.
VIEWS = [View(1440, "light", "en"), View(1440, "dark", "it"), View(390, "light", "it"), View(390, "dark", "en")]


@dataclass
class Looked:
    """A page in a browser, and what it complained of so far."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Everything that is wrong with what is shown now."""
        found = [*self.complaints, *self.page.evaluate("window.__violations")]
        self.page.evaluate(AXE)
        found += self.page.evaluate(RUN_AXE, RULES)
        for check in (TOO_WIDE, TOO_SMALL, SQUEEZED):
            found += self.page.evaluate(check)
        headings = self.page.locator("h1").count()
        return found if headings == 1 else [*found, f"{headings} headings of the first level"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("TIMONE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip(f"no Chromium at {path}; name one by TIMONE_CHROMIUM")
    # Playwright's loop runs in the thread of the tests, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db) -> Cast:
    return make_cast()


Look = Callable[..., Looked]


@pytest.fixture
def look(chromium, live_server) -> Iterator[Look]:
    """`look(view, user)` opens a window in which `user` is signed in; with None, nobody is.

    Service workers are blocked unless a test asks for them: what they fetch unasked may still be on its way when
    the test is over and its rows are thrown away.
    """
    contexts = []

    def open_window(view: View, user: User | None = None, **options) -> Looked:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": view.width, "height": 900 if view.width > 600 else 844},
            color_scheme=view.theme,
            reduced_motion="reduce",
            has_touch=view.width <= 600,
            locale={"en": "en-GB", "it": "it-IT"}[view.language],
            **({"service_workers": "block"} | options),
        )
        contexts.append(context)
        if user is not None:
            User.objects.filter(pk=user.pk).update(language=view.language)
            context.add_cookies([_session_cookie(user, live_server.url)])
        context.add_init_script(LISTEN)
        looked = Looked(context.new_page())
        looked.page.set_default_timeout(10_000)
        _listen(looked)
        return looked

    yield open_window
    for context in contexts:
        context.close()


def _session_cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


EXPECTED = ("Failed to load resource", "Service Worker registration blocked")


def _listen(looked: Looked) -> None:
    def on_message(message) -> None:
        # The browser itself notes a page that answers 4xx or 5xx on purpose, and a service worker that is blocked.
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            looked.complaints.append(f"console: {message.text}")

    def on_request(request) -> None:
        if not request.url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:")):
            looked.complaints.append(f"asks another host: {request.url}")

    def on_response(response) -> None:
        if "/static/" in response.url and response.status >= 400:
            looked.complaints.append(f"{response.status} {response.url}")

    looked.page.on("console", on_message)
    looked.page.on("pageerror", lambda error: looked.complaints.append(f"script: {error}"))
    looked.page.on("request", on_request)
    looked.page.on("response", on_response)

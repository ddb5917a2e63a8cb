"""A plan's content as chapters in the active language: what a version's page and the differences show."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from crisis.models import Grade, Scenario, Slot
from strategy.document_chapters import Chapter, Item, Line
from strategy.platforms import PLATFORM_NAMES

Content = Mapping[str, Any]


def chapters(content: Content) -> list[Chapter]:
    missing = _("Not written yet.")

    def listed(slug: str, title: str) -> Chapter:
        texts = [text for text in content[slug] if text]
        return Chapter(slug, title, missing, (Item(slug, "", (Line("", "\n".join(texts)),)),) if texts else ())

    def many(slug: str, title: str, worded: Any) -> Chapter:
        return Chapter(slug, title, missing, tuple(worded(each) for each in content[slug]))

    return [
        many("levels", _("Severity levels"), _level),
        many("contacts", _("Whom to call"), _contact),
        listed("do", _("Do")),
        listed("avoid", _("Do not")),
        _steps(content, missing),
        listed("first_hour", _("First hour")),
        listed("first_day", _("First day")),
        listed("first_week", _("First week")),
        many("scenarios", _("Scenarios"), _scenario),
        many("statements", _("Holding statements"), _statement),
        listed("pauses", _("To switch off by hand")),
        listed("stakeholders", _("Who is to be told")),
        listed("words", _("Words to watch")),
        _text("legal", _("Legal and privacy notes"), content["legal"], missing),
        _text("aftercare", _("After-care"), content["aftercare"], missing),
    ]


def _text(slug: str, title: str, text: str, missing: str) -> Chapter:
    return Chapter(slug, title, missing, (Item(slug, "", (Line("", text),)),) if text.strip() else ())


def _lines(*told: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(label, text) for label, text in told if text)


def _steps(content: Content, missing: str) -> Chapter:
    lines = [(each["question"], each["answer"]) for each in content["steps"]]
    item = Item("steps", "", _lines(*lines, (_("If every answer is no"), content["otherwise"])))
    return Chapter("steps", _("Which comment is it?"), missing, (item,) if item.lines else ())


def _level(each: Content) -> Item:
    minutes = _("Minutes: deputy after %(deputy_after)s, first text %(first_text)s, then every %(update_every)s")
    clears = Slot(each["approver"]).label
    return Item(
        f"level:{each['number']}",
        f"{each['number']} · {Grade(each['number']).label}",
        _lines(
            (_("Signs"), "\n".join(each["signs"])),
            (_("Who may reply"), each["may_reply"]),
            (_("Who clears texts"), str(clears)),
            ("", minutes % each if each["number"] else ""),
        ),
    )


def _contact(each: Content) -> Item:
    return Item(
        f"contact:{each['id']}",
        each["name"],
        _lines(
            ("", each["phone"]),
            ("", each["email"]),
            (_("When to reach"), each["hours"]),
            (_("At night too"), _("yes") if each["at_night"] else ""),
        ),
        mark=f"{Slot(each['slot']).label} · {each['order']}",
    )


def _scenario(each: Content) -> Item:
    return Item(
        f"scenario:{each['id']}",
        each["title"],
        _lines(
            (_("How it will look"), str(Scenario.Cluster(each["cluster"]).label)),
            (_("Signs"), "\n".join(each["signs"])),
            (_("Facts to check"), "\n".join(each["facts"])),
            (_("First actions"), "\n".join(each["actions"])),
        ),
        mark=str(Grade(each["level"]).label),
    )


def _statement(each: Content) -> Item:
    platform = PLATFORM_NAMES.get(each["platform"], each["platform"])
    about = each["scenario"] or _("any scenario")
    return Item(
        f"statement:{each['id']}", f"{platform} · {each['language']} · {about}", _lines(("", each["text"]))
    )

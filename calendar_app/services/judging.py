"""What would become of each line of a table of entries: new, changed, unchanged, or why it cannot be taken.

Nothing is written. Some queries for the brand and some for each chunk of lines, however many there are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.errors import InvalidInput
from accounts.models import Brand, User
from accounts.selectors import people_of
from analytics.services.channels import plain
from calendar_app import sheet, states
from calendar_app.models import Entry, EntryGroup, EntryImportLine
from calendar_app.services import entries
from calendar_app.sheet import Line, Problem
from strategy.models import Audience, Campaign, Channel, ContentPillar

Kind, Status = EntryImportLine.Kind, Entry.Status
# Fields by the columns that tell them, where the names differ.
FIELDS = {"text": "copy", "date": "day", "time": "clock", "promotional": "sells", "platform": "channel"}
FIELDS |= {"account": "channel", "idea": "group", "idea_id": "group"}
COLUMN_OF = {"copy": "text", "day": "date", "clock": "time", "sells": "promotional", "channel": "account"}
COLUMN_OF |= {"group": "idea"}
NAMED = {"campaign": Campaign, "pillar": ContentPillar, "audience": Audience}
# What a table may say by itself; whatever lies behind an approval is reached by people alone.
BY_TABLE = (Status.IDEA, Status.DRAFT, Status.IN_REVIEW, Status.CANCELLED)
BEFORE = (
    *("channel_id", "campaign_id", "pillar_id", "audience_id", "group_id", "format", "title", "copy", "link"),
    *(
        "first_comment",
        "notes",
        "alt_text",
        "day",
        "clock",
        "at",
        "status",
        "sells",
        "needs_all",
        "approved_print",
    ),
)
KNOWN_NAMES = 8  # that a sentence lists


@dataclass
class Verdict:
    """What would become of a line; `row` is the entry as it would be stored, not stored yet."""

    line: Line
    kind: str
    row: Entry | None = None
    reviewers: list[User] | None = None
    idea: tuple[str, str] | None = None  # a new idea: what tells it apart, and its title
    origin: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    changes: list[list[str]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_twin: bool = False

    def note(self, code: str, **facts: Any) -> None:
        self.notes.append({"code": code, "facts": facts})

    @property
    def told(self) -> dict[str, Any]:
        """As it is kept with its line: what is shown, and what is compared when it is confirmed."""
        problems = [
            {
                "column": problem.column,
                "value": problem.value[:200],
                "code": problem.code,
                "facts": {name: str(fact) for name, fact in problem.facts.items()},
            }
            for problem in self.problems
        ]
        return {"changes": self.changes, "notes": self.notes, "problems": problems}


class Judge:
    """Judges the lines of one table, chunk by chunk. The brand must be in scope."""

    def __init__(self, brand: Brand, *, order: str, today: date, locking: bool = False) -> None:
        self.brand, self.order, self.today, self.locking = brand, order, today, locking
        self.channels = list(Channel.objects.all())
        self.named = {name: list(model.objects.all()) for name, model in NAMED.items()}
        self.people = {person.email.casefold(): person for person in people_of(brand)}
        self.allowed = {person.pk for person in self.people.values()}
        self.alike: Counter[str] = Counter()
        self.seen: dict[int, int] = {}

    def __call__(self, lines: Sequence[Line]) -> list[Verdict]:
        read = [(line, *sheet.values_of(line.told, order=self.order)) for line in lines]
        self._load([values for _line, values, _problems in read])
        found = [self._judged(line, values, problems) for line, values, problems in read]
        self._note_known([verdict for verdict in found if verdict.kind == Kind.NEW])
        return found

    # --- what is stored -------------------------------------------------------------------------------------

    def _load(self, told: list[dict[str, Any]]) -> None:
        rows = Entry.objects.select_related("channel", "campaign", "pillar", "audience", "group")
        if self.locking:
            rows = rows.select_for_update(of=("self",))
        numbers = {values["entry_id"] for values in told if values.get("entry_id")}
        self.stored = {row.pk: row for row in rows.filter(pk__in=numbers).prefetch_related("reviewers")}
        ideas = {values["idea_id"] for values in told if values.get("idea_id")}
        self.ideas = EntryGroup.objects.in_bulk(ideas)

    def _note_known(self, new: list[Verdict]) -> None:
        """Tell what came in before, and what looks like an entry that is there."""
        origins = [verdict.origin for verdict in new]
        before = {row.origin: row for row in Entry.objects.filter(origin__in=origins).only("origin", "title")}
        days = {verdict.row.day for verdict in new if verdict.row}
        near = Q(day__in=days - {None}) | (Q(day=None) if None in days else Q(pk__in=[]))
        others: dict[tuple[int, date | None], list[Entry]] = {}
        for row in Entry.objects.filter(near).only("channel", "day", "title", "copy", "brand"):
            others.setdefault((row.channel_id, row.day), []).append(row)
        for verdict in new:
            if known := before.get(verdict.origin):
                verdict.kind, verdict.row = Kind.SAME, known
                verdict.note("came_before")
            elif twin := _twin(verdict.row, others.get((verdict.row.channel_id, verdict.row.day), [])):
                verdict.is_twin = True
                verdict.note("twin", title=twin.title, entry=twin.pk)

    # --- one line -------------------------------------------------------------------------------------------

    def _judged(self, line: Line, values: dict[str, Any], problems: list[Problem]) -> Verdict:
        verdict = Verdict(line, Kind.WRONG, problems=problems)
        stored = self.stored.get(values.get("entry_id") or 0)
        if stored:
            stored.brand = self.brand
            self._refuse_twice(stored, line, verdict)
        wanted = self._wanted(values, stored, verdict)
        if not verdict.problems:
            self._change(stored, wanted, values, verdict) if stored else self._add(wanted, values, verdict)
        if verdict.problems:
            verdict.kind = Kind.WRONG
        verdict.row = verdict.row or stored
        return verdict

    def _refuse_twice(self, stored: Entry, line: Line, verdict: Verdict) -> None:
        first = self.seen.setdefault(stored.pk, line.number)
        if first != line.number:
            verdict.problems.append(Problem("entry_id", str(stored.pk), "sheet_twice", {"line": first}))

    def _wanted(self, values: Mapping[str, Any], stored: Entry | None, verdict: Verdict) -> dict[str, Any]:
        """The fields that the line tells, with rows in place of names; problems go to the verdict."""
        wanted: dict[str, Any] = {}
        for column, name in sheet.TEXTS.items():
            if column in values:
                wanted[name] = values[column]
        for column in ("date", "time", "promotional", "needs_all"):
            if column in values:
                wanted[FIELDS.get(column, column)] = values[column]
        if values.get("format"):
            wanted["format"] = values["format"]
        if channel := self._channel(values, stored, verdict):
            wanted["channel"] = channel
        for name in NAMED:
            if name in values:
                wanted[name] = self._by_name(name, values[name], stored, verdict)
        if "reviewers" in values:
            wanted["reviewers"] = self._reviewers(values["reviewers"], stored, verdict)
        return wanted

    def _channel(self, values: Mapping[str, Any], stored: Entry | None, verdict: Verdict) -> Channel | None:
        told, account = values.get("platform", ""), values.get("account", "")
        if not told and not account:
            if stored is None:
                verdict.problems.append(Problem("platform", "", "sheet_channel_missing"))
            return None
        platform = sheet.platform_slug(told)
        if told and not platform:
            known = ", ".join(sorted({channel.platform for channel in self.channels}))
            verdict.problems.append(Problem("platform", told, "sheet_platform", {"known": known}))
            return None
        found = [channel for channel in self.channels if platform in ("", channel.platform)]
        if account:
            found = [row for row in found if plain(account) in (plain(row.handle), plain(row.name))]
        else:
            found = [row for row in found if row.active]
        if len(found) == 1:
            return found[0]
        code = "sheet_channel_several" if found else "sheet_channel"
        known = ", ".join(f"{row.platform} {row.handle}" for row in (found or self.channels)[:KNOWN_NAMES])
        column, value = ("account", account) if account else ("platform", told)
        verdict.problems.append(Problem(column, value, code, {"known": known or "–"}))
        return None

    def _by_name(self, name: str, told: str, stored: Entry | None, verdict: Verdict) -> Any:
        if not told:
            return None
        kept = getattr(stored, name) if stored else None
        if kept and sheet.same_text(told, str(kept)):
            return kept
        found = [row for row in self.named[name] if sheet.plain(row.name).casefold() == told.casefold()]
        living = [row for row in found if row.archived_at is None]
        if living:
            return living[0]
        names = [row.name for row in self.named[name] if row.archived_at is None][:KNOWN_NAMES]
        code = "sheet_archived" if found else f"sheet_{name}"
        verdict.problems.append(Problem(name, told, code, {"known": ", ".join(names) or "–"}))
        return None

    def _reviewers(self, told: list[str], stored: Entry | None, verdict: Verdict) -> list[User]:
        known = dict(self.people)
        if stored:
            known |= {person.email.casefold(): person for person in stored.reviewers.all()}
        for address in told:
            if address not in known:
                verdict.problems.append(Problem("reviewers", address, "sheet_person"))
        return [known[address] for address in told if address in known]

    # --- new ------------------------------------------------------------------------------------------------

    def _add(self, wanted: dict[str, Any], values: Mapping[str, Any], verdict: Verdict) -> None:
        told = verdict.line.told
        verdict.kind, verdict.origin = Kind.NEW, self._origin(told, values)
        wanted["title"] = wanted.get("title") or sheet.title_of(wanted.get("copy", ""))
        if not wanted["title"]:
            verdict.problems.append(Problem("title", "", "sheet_title"))
            return
        status = values.get("status") or Status.DRAFT
        if status not in BY_TABLE:
            verdict.note("status_held", told=status, kept=Status.IN_REVIEW)
            status = Status.IN_REVIEW
        if values.get("entry_id"):
            verdict.note("number_unknown", number=values["entry_id"])
        self._note_left(values, "", verdict)
        group = self.ideas.get(values.get("idea_id") or 0)
        if group is None and values.get("idea"):
            verdict.idea = (str(values.get("idea_id") or values["idea"].casefold()), values["idea"][:200])
        reviewers = wanted.pop("reviewers", [])
        row = Entry(brand=self.brand, origin=verdict.origin)
        self._fill(row, wanted | {"status": status, "group": group}, reviewers, verdict)
        verdict.row, verdict.reviewers = row, reviewers

    def _origin(self, told: Mapping[str, str], values: Mapping[str, Any]) -> str:
        if own := told.get("origin"):
            return own
        if number := values.get("entry_id"):
            return f"entry:{number}"
        content = sheet.key(told, 0)
        self.alike[content] += 1
        return f"row:{sheet.key(told, self.alike[content])}"

    # --- changed --------------------------------------------------------------------------------------------

    def _change(self, stored: Entry, wanted: dict[str, Any], values: Mapping[str, Any], verdict: Verdict) -> None:
        if "title" in wanted and not wanted["title"]:
            verdict.problems.append(Problem("title", "", "sheet_title"))
            return
        verdict.before = {name: getattr(stored, name) for name in BEFORE}
        verdict.before["reviewers"] = [person.pk for person in stored.reviewers.all()]
        wanted["status"] = self._status(stored, values, verdict)
        self._take_idea(stored, wanted, values, verdict)
        self._note_left(values, stored.asset_name, verdict)
        changed = {name: value for name, value in wanted.items() if not _is_same(stored, name, value)}
        verdict.changes = [[name, _shown(_stored(stored, name)), _shown(value)] for name, value in changed.items()]
        if verdict.idea:
            verdict.changes.append(["group", _shown(stored.group), verdict.idea[1]])
        if not verdict.changes:
            verdict.kind, verdict.row, verdict.notes = Kind.SAME, stored, []
            return
        verdict.kind = Kind.CHANGED
        if values.get("version") is None:
            verdict.problems.append(Problem("version", "", "sheet_version"))
        elif values["version"] != stored.version:
            verdict.kind, verdict.row = Kind.CLASH, stored
            return
        if stored.status in states.NEED_A_TIME and "day" in changed and changed["day"] is None:
            verdict.problems.append(Problem("date", "", "entry_needs_time"))
        reviewers = changed.pop("reviewers", None)
        promised = stored.status in states.PROMISED and stored.approved_print
        self._fill(stored, changed, reviewers, verdict)
        if stored.status not in states.PROMISED:
            stored.approved_print = ""
        elif promised and stored.approved_print != entries.content_print(stored):
            stored.status, stored.approved_print = Status.IN_REVIEW, ""
            verdict.note("approval_again")
        verdict.row, verdict.reviewers = stored, reviewers

    def _status(self, stored: Entry, values: Mapping[str, Any], verdict: Verdict) -> str:
        told = values.get("status") or stored.status
        if told == stored.status:
            return told
        goal = told if told in BY_TABLE else Status.IN_REVIEW
        kept = goal if states.may_follow(stored.status, goal) else stored.status
        if kept != told:
            verdict.note("status_held", told=told, kept=kept)
        return kept

    def _take_idea(
        self, stored: Entry, wanted: dict[str, Any], values: Mapping[str, Any], verdict: Verdict
    ) -> None:
        if "idea" not in values and "idea_id" not in values:
            return
        title = values.get("idea", "")
        if group := self.ideas.get(values.get("idea_id") or 0):
            wanted["group"] = group
        elif not title:
            wanted["group"] = None
        elif not (stored.group and sheet.same_text(title, stored.group.title)):
            verdict.idea = (str(values.get("idea_id") or title.casefold()), title[:200])

    # --- checks ---------------------------------------------------------------------------------------------

    def _note_left(self, values: Mapping[str, Any], asset_name: str, verdict: Verdict) -> None:
        if (media := values.get("media")) and not sheet.same_text(media, asset_name):
            verdict.note("media_left", name=media[:200])
        if values.get("labels"):
            verdict.note("labels_left", labels=values["labels"][:200])

    def _fill(self, row: Entry, values: dict[str, Any], reviewers: list[User] | None, verdict: Verdict) -> None:
        """Give the row its values, as the form would: what cannot be becomes a problem of the line."""
        asked = values | ({} if reviewers is None else {"reviewers": reviewers})
        try:
            told = entries.checked(row, asked, today=self.today, people=self.allowed)
        except InvalidInput as error:
            column = COLUMN_OF.get(str(error.facts["field"]), str(error.facts["field"]))
            facts = {name: fact for name, fact in error.facts.items() if name != "field"}
            verdict.problems.append(Problem(column, verdict.line.told.get(column, ""), error.code, facts))
            return
        told.pop("reviewers", None)
        for name, value in told.items():
            setattr(row, name, value)
        keys = {each.name for each in Entry._meta.concrete_fields if each.is_relation}
        own = {each.name for each in Entry._meta.concrete_fields} - set(values)
        try:
            row.clean_fields(exclude=keys | own)
        except ValidationError as error:
            for name, reasons in error.message_dict.items():
                column = COLUMN_OF.get(name, name)
                value = verdict.line.told.get(column, "")
                verdict.problems.append(Problem(column, value, "not_valid", {"reason": reasons[0]}))


def _twin(row: Entry, others: list[Entry]) -> Entry | None:
    """An entry of the same channel and day whose title is much alike, or that says the same."""
    words = sheet.likeness_key(row.title)
    for other in others:
        if sheet.alike(words, sheet.likeness_key(other.title)):
            return other
        if row.copy and sheet.plain(other.copy) == row.copy:
            return other
    return None


def _stored(row: Entry, name: str) -> Any:
    return list(row.reviewers.all()) if name == "reviewers" else getattr(row, name)


def _is_same(row: Entry, name: str, value: Any) -> bool:
    stored = _stored(row, name)
    if name in entries.TEXTS and name != "format":
        return sheet.same_text(value, stored)
    if name == "reviewers":
        return {person.pk for person in stored} == {person.pk for person in value}
    if name == "clock" and stored:
        return stored.replace(microsecond=0) == value
    return stored == value


def _shown(value: Any) -> str:
    """A value as it is kept for the page: slugs stay slugs, and the page words them."""
    if value is None or value == "" or value is False:
        return ""
    if isinstance(value, list):
        return ", ".join(person.email for person in value)
    return ("yes" if value is True else f"{value:%H:%M}" if hasattr(value, "hour") else str(value))[:400]

"""Entries out as a table and in again: nothing is lost, nothing is overwritten, and every line says why."""

import csv
import doctest
import io
import random
from datetime import UTC, date, datetime, time, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

import calendar_app.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Job, Notification
from accounts.scoping import brands_in_scope
from analytics.models import PlannedPost
from calendar_app import sheet
from calendar_app.models import FORMAT_NAMES, Entry, EntryGroup, EntryImport, EntryImportLine
from calendar_app.services import approvals, bringing_in, entries, handed_in
from calendar_app.services.judging import BEFORE
from strategy.models import Audience, Campaign, ContentPillar
from tests.calendar_app.calendar_kit import TODAY, add, add_channel

HEAD = "entry_id;date;time;platform;account;title;text;status;version"
NASTY = (
    *("=1+1", "'=1+1", "-12.5", "+39 02", "@alba", "'tis", "a;b,c\td", 'He said "no"', "Riga uno\r\nRiga due"),
    *(
        "１２３",
        "＝x",
        "  spaces ",
        "ÀÈÌ 🍇",
        "plain",
        "",
        "0012",
        "1e5",
        "TRUE",
        "2046-09-10",
        "#tag",
        "‘quoted’",
    ),
)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def upload(text, name="calendar.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def looked(cast, text, **choices):
    handed = handed_in.read_file(cast.brand, upload(text), **choices)
    return bringing_in.look(cast.brand, handed, by=cast.bea, today=TODAY)


def kinds(kept):
    return [line.kind for line in kept.lines.all()]


def take(cast, kept):
    return bringing_in.confirm(kept, by=cast.bea, today=TODAY)


def codes(line):
    return [(problem["column"], problem["code"]) for problem in line.verdict["problems"]]


def notes(line):
    return [note["code"] for note in line.verdict["notes"]]


def exported(client, kind):
    return client.get(address("calendar_export"), {"file": kind}).content


def content(*, without=()):
    """Everything that an entry holds, by what survives a new number."""
    names = [name for name in BEFORE if name not in without]
    found = []
    for row in Entry.objects.prefetch_related("reviewers").order_by("pk"):
        people = sorted(person.pk for person in row.reviewers.all())
        told = {name: getattr(row, name) for name in names}
        told |= {name: sheet.plain(told[name]) for name in sheet.TEXTS.values()}
        found.append((told, people))
    return sorted(found, key=lambda each: (each[0]["title"], each[0]["copy"]))


def mixed(cast, brand, channel, n):
    """Entries with everything that an entry can hold, in texts that tables mangle."""
    picked = random.Random(7)
    other = add_channel(brand, "linkedin", "caffe-alba")
    campaign = Campaign.objects.create(brand=brand, name="=Autumn", start=date(2046, 9, 1), end=date(2047, 4, 30))
    pillar = ContentPillar.objects.create(brand=brand, name="Behind; the roast", share=40)
    audience = Audience.objects.create(brand=brand, name="'Giulia")
    groups = [EntryGroup.objects.create(brand=brand, title="Same") for _ in range(2)]
    for number in range(n):
        day = picked.choice([None, date(2046, 10, 28), date(2047, 3, 31), date(2046, 9, 10)])
        row = add(
            brand,
            picked.choice([channel, other]),
            by=cast.bea,
            title=f"{picked.choice(NASTY)} {number}",
            copy=picked.choice(NASTY),
            first_comment=picked.choice(NASTY),
            notes=picked.choice(NASTY),
            alt_text=picked.choice(NASTY).replace("\r\n", " "),
            link=picked.choice(["", "https://alba.example/?a=1&b=2#c"]),
            day=day,
            clock=picked.choice([None, time(2, 30), time(9, 5), time(23, 59, 30)]) if day else None,
            format=picked.choice(list(FORMAT_NAMES)),
            campaign=picked.choice([None, campaign]),
            pillar=picked.choice([None, pillar]),
            audience=picked.choice([None, audience]),
            sells=picked.choice([True, False]),
            needs_all=picked.choice([True, False]),
            reviewers=picked.choice([[], [cast.ada], [cast.ada, cast.bea]]),
            status=picked.choice(["idea", "draft"]),
        )
        Entry.objects.filter(pk=row.pk).update(group=picked.choice([None, *groups]))


# --- out and in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_brought_in_again_changes_nothing(cast, bea, brand, channel, kind):
    mixed(cast, brand, channel, 60)
    before = content()
    kept = looked(cast, exported(bea, kind))
    assert set(kinds(kept)) == {"same"} and len(kinds(kept)) == 60
    with pytest.raises(InvalidInput) as raised:
        take(cast, kept)
    assert raised.value.code == "in_nothing"
    assert content() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_deleted_comes_back_the_same_and_only_once(cast, bea, brand, channel, kind):
    mixed(cast, brand, channel, 60)
    before, file = content(without=["approved_print"]), exported(bea, kind)
    Entry.objects.all().delete()
    kept = looked(cast, file)
    assert set(kinds(kept)) == {"new"}
    assert take(cast, kept) == {"new": 60}
    assert content(without=["approved_print"]) == before
    assert set(kinds(looked(cast, file))) == {"same"}


def test_a_text_longer_than_a_cell_is_not_cut_by_a_round_trip(cast, bea, brand, channel):
    entry = add(brand, channel, by=cast.bea, copy="long " * 8_000)
    assert kinds(looked(cast, exported(bea, "xlsx"))) == ["same"]
    assert len(Entry.objects.get(pk=entry.pk).copy) == 40_000


def test_what_a_spreadsheet_does_to_a_file_is_understood(cast, bea, brand, channel):
    entry = add(brand, channel, by=cast.bea, clock=time(18, 30))
    row = next(csv.DictReader(io.StringIO(exported(bea, "csv").decode("utf-8-sig"))))
    for day, clock in (
        ("10/09/2046", "18.30"),
        ("10/09/2046", "6:30:00 PM"),
        ("10/09/46", "0,770833333"),
        ("2046-09-10 18:30:00", ""),
        ("53580", "1899-12-30 18:30:00"),
    ):
        told = row | {"date": day, "time": clock, "version": "1"}
        lines = [";".join(told), ";".join(f'"{value}"' for value in told.values())]
        text = ("\ufeff" + "\r\n".join(lines)).encode()
        kept = looked(cast, text, order="dmy")
        assert kinds(kept) == ["same"], (day, clock, kept.lines.get().verdict)
    assert Entry.objects.get().at == entry.at


def test_real_cells_of_dates_and_hours_are_read(cast, brand, channel):
    book = openpyxl.Workbook()
    book.active.append(["date", "time", "platform", "account", "title", "status"])
    book.active.append([date(2047, 3, 31), time(2, 30), "instagram", "caffe.alba", "Skipped", "draft"])
    book.active.append([datetime(2046, 10, 28, 2, 30), None, "instagram", "caffe.alba", "Twice", "draft"])
    out = io.BytesIO()
    book.save(out)
    kept = looked(cast, out.getvalue())
    assert take(cast, kept) == {"new": 2}
    found = {row.title: row for row in Entry.objects.all()}
    assert found["Skipped"].at == datetime(2047, 3, 31, 1, 30, tzinfo=UTC)
    assert found["Twice"].at == datetime(2046, 10, 28, 0, 30, tzinfo=UTC)
    assert (found["Skipped"].clock, found["Twice"].clock) == (time(2, 30), time(2, 30))


def test_days_that_can_be_read_in_two_ways_are_asked(cast, brand, channel):
    text = f"{HEAD}\n;03/04/2047;9:00;instagram;caffe.alba;One;;;\n;05/06/2047;9:00;instagram;caffe.alba;Two;;;"
    with pytest.raises(InvalidInput) as raised:
        looked(cast, text)
    assert raised.value.code == "in_days_open" and "03/04/2047" in str(raised.value)
    take(cast, looked(cast, text, order="mdy"))
    assert {str(row.day) for row in Entry.objects.all()} == {"2047-03-04", "2047-05-06"}


def test_words_of_both_languages_are_the_words_of_the_pages():
    assert doctest.testmod(sheet).failed == 0
    for language in ("en", "it"):
        with translation.override(language):
            for slug, label in [*Entry.Status.choices, *FORMAT_NAMES.items()]:
                table = sheet.STATUSES if slug in sheet.STATUSES else sheet.FORMATS
                assert str(label) in table[slug].split("|"), (language, slug)
    assert sheet.FORMATS.keys() == FORMAT_NAMES.keys()
    assert sheet.STATUSES.keys() == set(Entry.Status.values)


# --- changes ---------------------------------------------------------------------------------------------------


def test_a_change_is_shown_field_by_field_and_taken_with_its_version(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    text = f"{HEAD}\n{entry.pk};2046-09-11;18:30;instagram;caffe.alba;Figs;Plums and cocoa.;Bozza;1\n"
    kept = looked(cast, text)
    line = kept.lines.get()
    assert line.verdict["changes"] == [["title", "Plums", "Figs"], ["day", "2046-09-10", "2046-09-11"]]
    assert take(cast, kept) == {"changed": 1}
    row = Entry.objects.get()
    assert (row.title, row.day, row.version, row.at.day) == ("Figs", date(2046, 9, 11), 2, 11)
    assert row.copy == "Plums and cocoa." and row.format == "photo"
    event = AuditEvent.objects.filter(action="entry.changed").get()
    assert (event.before["title"], event.after["title"], event.actor) == ("Plums", "Figs", cast.bea)
    assert kinds(looked(cast, text)) == ["same"]


def test_what_changed_in_timone_since_the_export_is_told_and_left(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    entries.change(entry, by=cast.ada, version=1, values={"copy": "Ada’s text"}, today=TODAY)
    text = f"{HEAD}\n{entry.pk};2046-09-10;18:30;instagram;caffe.alba;Figs;Plums and cocoa.;;1\n"
    assert kinds(looked(cast, text)) == ["clash"]
    without = text.replace(";1\n", ";\n")
    kept = looked(cast, without)
    assert codes(kept.lines.get()) == [("version", "sheet_version")]


def test_what_changes_between_looking_and_confirming_is_shown_again(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    text = f"{HEAD}\n{entry.pk};2046-09-10;18:30;instagram;caffe.alba;Figs;Plums and cocoa.;;1\n"
    kept = looked(cast, text)
    entries.change(entry, by=cast.ada, version=1, values={"copy": "Ada’s text"}, today=TODAY)
    with pytest.raises(Stale):
        take(cast, kept)
    assert kinds(kept) == ["clash"]
    assert Entry.objects.get().title == "Plums"


def test_no_file_jumps_over_an_approval(cast, brand, channel):
    lines = "".join(f";2046-09-1{n};;instagram;caffe.alba;E{n};;{s};\n" for n, s in enumerate(sheet.STATUSES))
    kept = looked(cast, f"{HEAD}\n{lines}")
    held = [line.title for line in kept.lines.all() if "status_held" in notes(line)]
    assert held == ["E3", "E4", "E5"]
    take(cast, kept)
    assert [row.status for row in Entry.objects.order_by("title")] == [
        *("idea", "draft", "in_review", "in_review", "in_review", "in_review", "cancelled")
    ]


def test_an_approved_entry_stays_so_unless_its_content_changes(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    approvals.decide(approvals.ask(entry, by=cast.bea), approve=True, word="", by=cast.ada)
    version = Entry.objects.get().version
    text = f"{HEAD}\n{entry.pk};2046-09-12;18:30;instagram;caffe.alba;Plums;Plums and cocoa.;approved;{version}\n"
    take(cast, looked(cast, text))
    assert (Entry.objects.get().status, Entry.objects.get().day) == ("approved", date(2046, 9, 12))
    text = text.replace("cocoa", "figs").replace(f";{version}\n", f";{version + 1}\n")
    kept = looked(cast, text)
    assert notes(kept.lines.get()) == ["approval_again"]
    take(cast, kept)
    assert (Entry.objects.get().status, Entry.objects.get().approved_print) == ("in_review", "")


def test_each_line_that_cannot_be_taken_says_where_and_why(cast, brand, channel):
    Campaign.objects.create(brand=brand, name="Autumn", start=date(2046, 9, 1), end=date(2046, 9, 30))
    closed = add_channel(brand, "x", "old")
    closed.active = False
    closed.save()
    head = "date,time,platform,account,format,title,link,status,campaign,pillar,audience,promotional,reviewers"
    wrong = {
        ",12:00,instagram,,,A,,,,,,,": ("time", "entry_hour_without_day"),
        "2046-07-01,,instagram,,,A,,,,,,,": ("date", "entry_past"),
        "2096-07-01,,instagram,,,A,,,,,,,": ("date", "entry_far"),
        "31.31.2046,,instagram,,,A,,,,,,,": ("date", "sheet_day"),
        "2046-09-01,25:61,instagram,,,A,,,,,,,": ("time", "sheet_hour"),
        "2046-09-01,0.25,instagram,,,A,,,,,,,": ("time", "sheet_hour_twofold"),
        "2046-09-01,,myspace,,,A,,,,,,,": ("platform", "sheet_platform"),
        "2046-09-01,,instagram,nobody,,A,,,,,,,": ("account", "sheet_channel"),
        "2046-09-01,,x,old,,A,,,,,,,": ("account", "entry_channel_closed"),
        "2046-09-01,,,,,A,,,,,,,": ("platform", "sheet_channel_missing"),
        "2046-09-01,,instagram,,mural,A,,,,,,,": ("format", "sheet_format"),
        "2046-09-01,,instagram,,,,,,,,,,": ("title", "sheet_title"),
        "2046-09-01,,instagram,,,A,not a link,,,,,,": ("link", "not_valid"),
        "2046-09-01,,instagram,,,A,,ready,,,,,": ("status", "sheet_status"),
        "2046-09-01,,instagram,,,A,,,Winter,,,,": ("campaign", "sheet_campaign"),
        "2046-10-01,,instagram,,,A,,,autumn,,,,": ("date", "entry_outside"),
        "2046-09-01,,instagram,,,A,,,,None,,,": ("pillar", "sheet_pillar"),
        "2046-09-01,,instagram,,,A,,,,,None,,": ("audience", "sheet_audience"),
        "2046-09-01,,instagram,,,A,,,,,,maybe,": ("promotional", "sheet_yes_no"),
        f"2046-09-01,,instagram,,,A,,,,,,,{cast.dario.email}": ("reviewers", "sheet_person"),
        f"2046-09-01,,instagram,,,{'A' * 201},,,,,,,": ("title", "not_valid"),
    }
    kept = looked(cast, "\n".join([head, *wrong]))
    assert {line.number: codes(line) for line in kept.lines.all()} == {
        number: [code] for number, code in enumerate(wrong.values(), start=2)
    }
    assert not Entry.objects.exists()


def test_the_same_number_twice_is_refused_the_second_time(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    row = f"{entry.pk};2046-09-10;18:30;instagram;caffe.alba;Figs;;;1\n"
    kept = looked(cast, f"{HEAD}\n{row}{row}")
    assert kinds(kept) == ["changed", "wrong"]
    assert codes(kept.lines.last()) == [("entry_id", "sheet_twice")]


def test_the_number_of_another_brands_entry_is_like_one_that_is_not_there(cast, brand, channel):
    with brands_in_scope(cast.foreign_brand.pk):
        theirs = add(cast.foreign_brand, add_channel(cast.foreign_brand), by=cast.dario)
    text = f"{HEAD}\n{theirs.pk};2046-09-10;18:30;instagram;caffe.alba;Mine;;;1\n"
    kept = looked(cast, text)
    assert kinds(kept) == ["new"] and notes(kept.lines.get()) == ["number_unknown"]
    take(cast, kept)
    assert Entry.across_brands.get(pk=theirs.pk).title == "Plums"


def test_lines_alike_come_in_once_each_and_never_again(cast, brand, channel):
    row = ";2046-09-10;;instagram;caffe.alba;Figs;Text;;\n"
    assert take(cast, looked(cast, f"{HEAD}\n{row}{row}")) == {"new": 2}
    kept = looked(cast, f"{HEAD}\n{row}{row}")
    assert kinds(kept) == ["same", "same"] and notes(kept.lines.first()) == ["came_before"]


def test_an_entry_that_looks_like_another_is_flagged_and_not_ticked(cast, brand, channel):
    add(brand, channel, by=cast.bea, title="The autumn roast")
    kept = looked(cast, f"{HEAD}\n;2046-09-10;;instagram;caffe.alba;Autumn roast!;;;\n")
    line = kept.lines.get()
    assert (line.kind, line.taken, notes(line)) == ("new", False, ["twin"])


def test_who_approves_is_told_once_of_all_that_came_in(cast, brand, channel):
    head = "date,platform,title,status,reviewers\n"
    rows = "".join(f"2046-09-1{n},instagram,E{n},in_review,{cast.ada.email}\n" for n in range(3))
    take(cast, looked(cast, head + rows))
    assert Notification.objects.get(user=cast.ada).facts["n"] == 3


# --- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "in_unreadable"),
        (b"%PDF-1.7 nothing", "in_unreadable"),
        (b"Just a letter.\nWith two lines.", "in_unknown"),
        (b"Post ID,Permalink,Publish time,Reach\n1,https://x.example,2026-01-01,5\n", "in_unknown"),
        (f"{HEAD}\n".encode(), "in_no_lines"),
        ((f"{HEAD}\n" + ";2046-09-10;;instagram;;A;;;\n" * 5_001).encode(), "in_too_many"),
    ],
)
def test_what_is_no_calendar_is_refused_with_the_reason(cast, brand, channel, file, code):
    with pytest.raises(InvalidInput) as raised:
        looked(cast, file)
    assert raised.value.code == code
    assert not EntryImport.objects.exists()


def test_other_encodings_are_read(cast, brand, channel):
    text = f"{HEAD}\n;2046-09-10;;instagram;caffe.alba;Perché no;Così è;;\n"
    for encoding in ("utf-16", "cp1252"):
        assert looked(cast, text.encode(encoding)).lines.get().title == "Perché no"


def test_a_plain_content_calendar_comes_in(cast, brand, channel):
    text = "Data;Ora;Piattaforma;Testo;Immagine\n2046-09-10;18:30;Instagram;Si tosta oggi.;https://alba.example/a.png\n"
    kept = looked(cast, text)
    take(cast, kept)
    row = Entry.objects.get()
    assert (row.title, row.clock, row.notes) == ("Si tosta oggi.", time(18, 30), "https://alba.example/a.png")
    assert kinds(looked(cast, text)) == ["same"]


def test_lines_without_a_channel_take_the_chosen_one(cast, brand, channel):
    text = "Date,Time,Text\n2046-09-10,18:30,Roasting day\n"
    assert codes(looked(cast, text).lines.get()) == [("platform", "sheet_channel_missing")]
    assert kinds(looked(cast, text, channel=channel)) == ["new"]


# --- plans -----------------------------------------------------------------------------------------------------


def plan(brand, channel, text, day, **fields):
    at = datetime(2046, 9, day, 16, 30, tzinfo=UTC)
    return PlannedPost.objects.create(
        brand=brand, channel=channel, platform="instagram", text=text, at=at, row_key=text, **fields
    )


def test_an_imported_plan_is_taken_over_once(cast, brand, channel):
    plan(brand, channel, "Plums and cocoa.", 10)
    plan(brand, channel, "Figs", 11, is_exact=False, media="https://a.example/1.png")
    add(brand, channel, by=cast.bea)  # says the same on the tenth
    kept = bringing_in.look(brand, handed_in.read_plans(brand, today=TODAY), by=cast.bea, today=TODAY)
    assert [(line.title, line.taken) for line in kept.lines.all()] == [("Plums and cocoa.", False), ("Figs", True)]
    assert take(cast, kept) == {"new": 1}
    row = Entry.objects.get(title="Figs")
    assert (row.day, row.clock, row.notes) == (date(2046, 9, 11), None, "https://a.example/1.png")
    assert [each.text for each in handed_in.plans(brand, today=TODAY)] == ["Plums and cocoa."]
    row.delete()
    assert len(list(handed_in.plans(brand, today=TODAY))) == 2


# --- taking back -----------------------------------------------------------------------------------------------


def test_what_came_in_is_taken_back_as_a_whole(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, reviewers=[cast.ada])
    before = content()
    rows = f"{entry.pk};2046-09-12;;instagram;caffe.alba;Figs;;idea;1\n;2046-09-13;;instagram;caffe.alba;New;;;\n"
    kept = looked(cast, f"{HEAD}\n{rows}")
    assert take(cast, kept) == {"changed": 1, "new": 1}
    bringing_in.undo(kept, by=cast.bea)
    assert content() == before
    assert Entry.objects.get().version == 3
    with pytest.raises(InvalidInput):
        bringing_in.undo(kept, by=cast.bea)


def test_it_is_not_taken_back_where_something_was_done_since(cast, brand, channel):
    kept = looked(cast, f"{HEAD}\n;2046-09-13;;instagram;caffe.alba;New;;;\n")
    take(cast, kept)
    approvals.comment(Entry.objects.get(), text="Fine", by=cast.ada)
    with pytest.raises(InvalidInput) as raised:
        bringing_in.undo(kept, by=cast.bea)
    assert "New" in str(raised.value) and Entry.objects.count() == 1


def test_old_ones_are_tidied_away(cast, brand, channel):
    text = f"{HEAD}\n;2046-09-13;;instagram;caffe.alba;New;;;\n"
    left, done = looked(cast, text), looked(cast, text)
    take(cast, done)
    now = timezone.now()
    assert bringing_in.remove_old(now=now + timedelta(days=6)) == 0
    assert bringing_in.remove_old(now=now + timedelta(days=8)) == 1
    assert list(EntryImport.objects.all()) == [done] and left.pk != done.pk
    assert bringing_in.remove_old(now=now + timedelta(days=91)) == 1
    assert not EntryImportLine.objects.exists() and Entry.objects.count() == 1


# --- size ------------------------------------------------------------------------------------------------------


def test_two_thousand_lines_ask_the_database_little(cast, brand, channel, django_assert_max_num_queries):
    rows = "".join(f";2046-09-{n % 28 + 1:02};;instagram;caffe.alba;Number {n};Text {n};;\n" for n in range(2_000))
    with django_assert_max_num_queries(45):
        kept = looked(cast, f"{HEAD}\n{rows}")
    kept.lines.update(taken=True)
    with django_assert_max_num_queries(150):
        assert take(cast, kept) == {"new": 2_000}
    told = Entry.objects.values_list("pk", "title", "day")
    rows = "".join(f"{pk};{day};;instagram;caffe.alba;{title}!;;;1\n" for pk, title, day in told)
    kept = looked(cast, f"{HEAD}\n{rows}")
    with django_assert_max_num_queries(150):
        assert take(cast, kept) == {"changed": 2_000}


# --- pages -----------------------------------------------------------------------------------------------------


def test_the_pages_lead_from_a_file_to_the_calendar(bea, cast, brand, channel):
    text = f"{HEAD}\n;2096-09-10;;instagram;caffe.alba;Far;;;\n;2046-09-10;;instagram;caffe.alba;Near;;;\n"
    answer = bea.post(address("entries_in"), {"file": upload(text, "Piano.csv")})
    kept = EntryImport.objects.get()
    page = address("entry_import", kept.pk)
    assert answer.url == page
    shown = bea.get(page).content.decode()
    assert "Piano.csv" in shown and "25 years" in shown and "Near" in shown
    rejected = bea.get(address("entry_import_rejected", kept.pk)).content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(rejected)))
    assert (row["title"], row["line"]) == ("Far", "2") and "25 years" in row["reason"]
    line = kept.lines.get(kind="new")
    bea.post(page, {"do": "keep", "shown": [line.pk]})
    assert not kept.lines.filter(taken=True).exists()
    bea.post(page, {"do": "confirm", "shown": [line.pk], "take": [line.pk]})
    assert [row.title for row in Entry.objects.all()] == ["Near"]
    assert "brought in" in bea.get(page).content.decode().lower()
    bea.post(page, {"do": "undo"})
    assert not Entry.objects.exists()


def test_a_long_file_is_brought_in_by_a_worker_once(bea, cast, brand, channel, monkeypatch):
    monkeypatch.setattr(bringing_in, "AT_ONCE", 1)
    rows = "".join(f";2046-09-1{n};;instagram;caffe.alba;Post {n};;;\n" for n in range(3))
    kept = looked(cast, f"{HEAD}\n{rows}")
    answer = bea.post(
        address("entry_import", kept.pk), {"do": "confirm", "take": [line.pk for line in kept.lines.all()]}
    )
    job = Job.objects.get(kind=bringing_in.KIND)
    assert answer.url == address("job", job.pk) and not Entry.objects.exists()
    told = []
    monkeypatch.setattr(jobs.Run, "progress", lambda run, share, phase="", **facts: told.append((share, phase)))
    for _died in range(2):  # a worker that died after the lines were stored leaves the job to the next one
        Job.objects.filter(pk=job.pk).update(state="queued")
        assert jobs.execute(job.pk, heartbeat=False)
    assert Entry.objects.count() == 3 and told == [(0.05, "storing"), (0.5, "storing")]
    assert bea.get(address("job", job.pk)).url == address("entry_import", kept.pk)
    kept.refresh_from_db()
    assert (kept.state, Entry.objects.first().author) == ("done", cast.bea)


def test_a_long_file_that_changed_meanwhile_is_shown_anew(bea, cast, brand, channel, monkeypatch):
    monkeypatch.setattr(bringing_in, "AT_ONCE", 0)
    kept = looked(cast, f"{HEAD}\n;2046-09-10;;instagram;caffe.alba;Near;;;\n")
    job = bringing_in.request(kept, by=cast.bea)
    type(channel).objects.filter(pk=channel.pk).update(active=False)
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "in_changed") and not Entry.objects.exists()
    page = bea.get(address("job", job.pk)).content.decode()
    assert "look once more" in page and address("entry_import", kept.pk) in page


def test_a_file_that_is_refused_is_told_on_the_page(bea, cast, brand):
    answer = bea.post(address("entries_in"), {"file": upload(b"%PDF-1.7")})
    assert answer.status_code == 422 and "PDF" in answer.content.decode()
    assert bea.post(address("entries_in"), {}).status_code == 422
    assert bea.post(address("entries_in"), {"plans": "1"}).status_code == 422

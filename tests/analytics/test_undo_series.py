"""Series by day and planned posts taken back: what other imports told is as if they alone had come."""

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Brand
from accounts.scoping import brands_in_scope
from analytics.models import ChannelDay, ImportFile, PlannedPost
from analytics.services.replays.differences import TABLES
from analytics.services.replays.shadow import WRITTEN
from smm.celery import app
from strategy.models import Channel
from tests.analytics.formats.files import write
from tests.analytics.import_kit import bring_in
from tests.analytics.undo_kit import Options, bring_back, take_back

app.loader.import_default_modules()  # the handlers of jobs
FIRST = date(2026, 5, 1)
FIGURES = st.lists(st.one_of(st.integers(1, 99), st.just("")), min_size=1, max_size=6).filter(any)
SERIES = st.tuples(
    st.just("days"), st.sampled_from(["Instagram reach", "Instagram follows"]), st.integers(0, 6), FIGURES
)
# Of each post its day, its hour and its text, so that calendars move, edit and repeat one another's posts.
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["10:00", "18:00"]), st.sampled_from(["Menu", "Wine"])),
    min_size=1,
    max_size=4,
    unique=True,
)
CALENDAR = st.tuples(st.just("planned"), ROWS)
EXPORTS = st.lists(st.tuples(st.one_of(SERIES, CALENDAR), st.integers(1, 28)), min_size=2, max_size=4)


def written(folder: Path, number: int, told: tuple) -> Path:
    if told[0] == "planned":
        rows = [[(FIRST + timedelta(days=d)).isoformat(), hour, "instagram", text] for d, hour, text in told[1]]
        return write(folder, [["date", "time", "platform", "text"], *rows], name=f"calendar-{number}.csv")
    _kind, title, start, values = told
    days = (FIRST + timedelta(days=start + place) for place in range(len(values)))
    rows = "".join(f'"{day}T00:00:00","{value}"\r\n' for day, value in zip(days, values, strict=True))
    path = folder / f"series-{number}.csv"
    path.write_text(f'sep=,\r\n"{title}"\r\n"Date","Primary"\r\n{rows}', encoding="utf-16")
    return path


def picture() -> dict[str, list[tuple]]:
    """What is stored, known by what it tells."""
    days = ChannelDay.objects.values_list("channel__handle", "figure", "day", "value", "file__name")
    planned = PlannedPost.objects.values_list("channel__handle", "at", "text", "as_of", "file__name")
    files = ImportFile.objects.filter(batch__state="done")
    told = files.values_list("name", "created", "updated", "unchanged", "ignored", "rejected")
    return {name: sorted(rows, key=repr) for name, rows in (("days", days), ("planned", planned), ("files", told))}


def import_all(brand: Brand, files: list[tuple[Path, Options]]) -> list:
    Channel.objects.create(brand=brand, platform="instagram", handle="acme")
    return [bring_in(brand, path, **options)[0].batch for path, options in files]


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(EXPORTS, st.data())
def test_without_any_series_or_calendar_all_is_as_if_it_had_never_come(cast, tmp_path, exports, data):
    files = [
        (written(tmp_path, number, told), {"exported_on": f"2026-06-{age:02}"})
        for number, (told, age) in enumerate(exports)
    ]
    gone = data.draw(st.integers(0, len(files) - 1))
    with transaction.atomic():
        with brands_in_scope(cast.other_brand.pk):
            import_all(cast.other_brand, [file for number, file in enumerate(files) if number != gone])
            wanted = picture()
        with brands_in_scope(cast.brand.pk):
            batches = import_all(cast.brand, files)
            before = picture()
            take_back(batches[gone])
            assert picture() == wanted
            bring_back(batches[gone])
            assert picture() == before
        transaction.set_rollback(True)


def test_each_table_of_figures_is_compared_by_a_key_that_the_database_keeps_unique():
    """What a replay takes for one row must be one: else rows would be doubled or lost in setting them equal."""
    for name, table in TABLES.items():
        meta = table.model._meta
        columns = {field.column for field in meta.concrete_fields}
        assert {*table.key, *table.shown, *table.own} <= columns, name
        assert not set(table.key) & set(table.shown), name
        assert set(table.shown) <= {column.strip('"') for column in table.compared}, name
        assert table.model in WRITTEN, name
        kept = [*meta.unique_together, *(c.fields for c in meta.constraints if hasattr(c, "fields"))]
        unique = [{meta.get_field(field).column for field in fields} for fields in kept]
        assert set(table.key) in unique, (name, unique)


def test_every_table_that_tells_of_its_file_is_compared():
    """Save those that speak of the import itself, and the files' own."""
    of_imports = {"RejectedRow", "ImportFile", "PostMetrics", "StaleWeek", "KpiChange"}
    assert {model.__name__ for model in WRITTEN} - of_imports == {
        table.model.__name__ for table in TABLES.values()
    }

"""Importing on the page: upload, check, confirm, result."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent, Job
from analytics.models import ImportFile, Post
from strategy.models import Channel
from tests.analytics.import_kit import line
from tests.analytics.import_page_kit import address, confirm, decide, do_work, text, upload


def test_without_imports_the_list_says_what_will_be_there(bea):
    page = bea.get(address("imports")).content.decode()
    assert "Nothing imported yet" in page
    assert address("import_new") in page


def test_an_upload_is_shown_before_anything_is_stored(bea):
    batch = upload(bea, text([line(1), line(2, reach="")]))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    for shown in ("Timone&#x27;s template", "acme", "10:30", "post 1", "not exported"):
        assert shown in page, shown
    assert not Post.objects.exists()


def test_confirming_imports_in_the_background_and_tells_the_result(bea):
    batch = upload(bea, text([line(1), line(2, reach="=many")]))
    response = confirm(bea, batch)
    batch.refresh_from_db()
    assert response.url == address("job", batch.job_id)
    assert bea.get(address("import_detail", batch.pk)).url == response.url  # while it runs
    do_work(batch)
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "=many" in page
    assert address("import_rejected", batch.files.get().pk) in page
    assert Post.objects.count() == 1
    assert bea.get(address("job", batch.job_id)).url == address("import_detail", batch.pk)
    actions = set(AuditEvent.objects.filter(row_type="analytics.importbatch").values_list("action", flat=True))
    assert actions == {"import.confirmed", "import.done"}


def test_rejected_rows_are_downloaded_without_formulas(bea):
    batch = upload(bea, text([line(1), line(2, reach="=1+1")]))
    confirm(bea, batch)
    do_work(batch)
    response = bea.get(address("import_rejected", batch.files.get().pk))
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["line", "column", "value", "reason"]
    assert rows[1][:3] == ["3", "reach", "'=1+1"]


def test_a_file_that_is_no_table_is_told_so_and_the_others_go_on(bea):
    batch = upload(bea, b"%PDF-1.7 nothing", text([line(1)]))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "This is a PDF" in page
    confirm(bea, batch)
    do_work(batch)
    assert Post.objects.count() == 1


def test_the_same_upload_again_counts_everything_as_unchanged(bea):
    for expected in ((3, 0), (0, 3)):
        batch = upload(bea, text([line(n) for n in range(3)]))
        confirm(bea, batch)
        do_work(batch)
        file = batch.files.get()
        assert (file.created, file.unchanged) == expected


def test_a_file_that_names_no_account_asks_for_one(bea):
    rows = [line(1, account="")]
    batch = upload(bea, text(rows))
    assert confirm(bea, batch).status_code == 422
    assert confirm(bea, batch, channel="new", handle="  ").status_code == 422
    assert confirm(bea, batch, channel="new", handle="@alba").status_code == 302
    do_work(batch)
    assert Channel.objects.get().handle == "alba"
    again = upload(bea, text(rows))
    page = bea.get(address("import_detail", again.pk)).content.decode()
    assert f'<option value="{Channel.objects.get().pk}" selected' in page


def test_of_several_accounts_those_without_figures_are_left_out_unless_ticked(bea):
    blank = {"account": "partner", "reactions": "", "comments": "", "reach": ""}
    batch = upload(bea, text([line(1), line(2, **blank)]))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "probably not an account of yours" in page
    assert ImportFile.objects.get().options["left_out"] == ["partner"]
    confirm(bea, batch, accounts=["acme"])
    do_work(batch)
    assert list(Channel.objects.values_list("handle", flat=True)) == ["acme"]
    assert batch.files.get().ignored == 1


def test_another_time_zone_shows_the_rows_anew(bea):
    batch = upload(bea, text([line(1)]))
    sent = decide(batch, time_zone="America/New_York") | {"look": "1"}
    assert bea.post(address("import_confirm", batch.pk), sent).url == address("import_detail", batch.pk)
    assert "16:30" in bea.get(address("import_detail", batch.pk)).content.decode()
    assert not Post.objects.exists()


def test_the_day_of_the_export_can_be_stated(bea):
    batch = upload(bea, text([line(1)]))
    confirm(bea, batch, exported_on="2026-06-01")
    do_work(batch)
    assert Post.objects.get().metrics_as_of.date().isoformat() == "2026-06-01"


def test_the_browsers_word_on_the_last_change_is_kept(bea):
    batch = upload(bea, text([line(1)]), modified="2026-06-05T10:00:00.000Z")
    assert batch.files.get().modified_at.isoformat() == "2026-06-05T10:00:00+00:00"
    assert upload(bea, text([line(1)]), modified="yesterday").files.get().modified_at is None


def test_an_upload_can_be_discarded_once(bea, django_capture_on_commit_callbacks):
    batch = upload(bea, text([line(1)]))
    stored = batch.files.get().file
    assert stored.storage.exists(stored.name)
    with django_capture_on_commit_callbacks(execute=True):
        bea.post(address("import_discard", batch.pk))
    batch.refresh_from_db()
    assert batch.state == "discarded"
    assert not stored.storage.exists(stored.name)
    assert AuditEvent.objects.filter(action="import.discarded").count() == 1
    assert "was discarded" in bea.get(address("import_detail", batch.pk)).content.decode()
    confirm(bea, batch)
    assert not Job.objects.filter(kind="analytics.import_files").exists()


def test_what_is_confirmed_twice_is_imported_once(bea):
    batch = upload(bea, text([line(1)]))
    confirm(bea, batch)
    confirm(bea, batch)
    assert Job.objects.filter(kind="analytics.import_files").count() == 1


def test_no_file_too_many_files_and_too_large_files_are_told(bea, settings):
    assert "Choose at least one file" in bea.post(address("import_new")).content.decode()
    many = [SimpleUploadedFile(f"{n}.csv", b"a,b\n1,2\n") for n in range(31)]
    assert "More than 30 files" in bea.post(address("import_new"), {"files": many}).content.decode()
    settings.TIMONE_MAX_UPLOAD_BYTES = 10
    batch = upload(bea, text([line(1)]))
    assert "larger than" in bea.get(address("import_detail", batch.pk)).content.decode()


def test_nothing_chosen_is_told(bea):
    batch = upload(bea, text([line(1)]))
    response = confirm(bea, batch, take=None)
    assert (response.status_code, "None of the files is chosen" in response.content.decode()) == (422, True)


def test_an_interrupted_import_can_be_started_again(bea):
    batch = upload(bea, text([line(1)]))
    confirm(bea, batch)
    batch.refresh_from_db()
    Job.objects.filter(pk=batch.job_id).update(state="errored", error_code="job_broke")
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert address("job_retry", batch.job_id) in page
    bea.post(address("job_retry", batch.job_id))
    do_work(batch)
    assert Post.objects.count() == 1


def test_a_file_done_before_the_worker_died_is_not_done_again(bea):
    batch = upload(bea, text([line(1)]), text([line(2)]))
    confirm(bea, batch)
    batch.refresh_from_db()
    first = batch.files.order_by("pk").first()
    ImportFile.objects.filter(pk=first.pk).update(done_at=batch.created_at)
    do_work(batch)
    assert list(Post.objects.values_list("external_id", flat=True)) == ["17000002"]
    batch.refresh_from_db()
    assert batch.state == "done"


def test_the_list_is_searched_by_file_name_and_state(bea):
    upload(bea, text([line(1)]), name="spring.csv")
    upload(bea, text([line(1)]), name="autumn.csv")
    page = bea.get(address("imports"), {"q": "spring"}).content.decode()
    assert ("spring" in page, "autumn" in page) == (True, False)
    assert "No import matches" in bea.get(address("imports"), {"state": "done"}).content.decode()


def test_the_template_can_be_downloaded_and_read_back(bea):
    content = bea.get(address("import_template")).content
    batch = upload(bea, content)
    assert batch.files.get().format == "generic"
    confirm(bea, batch)
    do_work(batch)
    assert Post.objects.get().published_at.isoformat() == "2026-03-02T17:30:00+00:00"


def test_the_list_asks_as_often_for_many_imports_as_for_one(bea, django_assert_max_num_queries):
    for _number in range(4):
        upload(bea, text([line(1)]))
    with django_assert_max_num_queries(15):
        bea.get(address("imports"))

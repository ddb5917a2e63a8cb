"""Naming the columns of a table that no format knows: proposed, tried, saved, recognised, edited, deleted."""

from accounts.models import AuditEvent
from analytics.models import ColumnMapping, Post
from tests.analytics.import_page_kit import address, confirm, do_work, text, upload

UNKNOWN = ("net", "when", "key", "likes", "words")
NAMED = {
    "platform": "net",
    "published_at": "when",
    "post_id": "key",
    "reactions": "likes",
    "time_zone": "Europe/Rome",
    "name": "The agency's table",
}


def unknown(*numbers: int, columns=UNKNOWN, stamp: str = "2026-05-02 10:30:00") -> bytes:
    rows = [
        {"net": "instagram", "when": stamp, "key": f"k{n}", "likes": 5, "words": "x", "more": "y"} for n in numbers
    ]
    return text(rows, columns)


def named(client, *numbers: int, **values):
    """A table uploaded and its columns named."""
    batch = upload(client, unknown(*numbers))
    response = client.post(address("import_columns", batch.files.get().pk), NAMED | values)
    assert response.status_code == 302, response.content.decode()
    return batch


def test_an_unknown_table_leads_to_a_page_on_which_much_is_proposed(bea):
    batch = upload(bea, unknown(1))
    where = address("import_columns", batch.files.get().pk)
    assert where in bea.get(address("import_detail", batch.pk)).content.decode()
    page = bea.get(where).content.decode()
    assert '<option value="when" selected>' in page
    assert '<option value="likes" selected>' in page
    assert "2026-05-02 10:30:00" in page  # what stands in the column, beside the field


def test_what_is_needed_is_asked_for(bea):
    batch = upload(bea, unknown(1))
    where = address("import_columns", batch.files.get().pk)
    missing = bea.post(where, NAMED | {"published_at": ""})
    assert missing.status_code == 422
    assert "no post can be told without it" in missing.content.decode()
    twice = bea.post(where, NAMED | {"text": "key"})
    assert twice.status_code == 422
    assert "already taken for “post&#x27;s number or link”" in twice.content.decode()
    assert bea.post(where, NAMED | {"platform": ""}).status_code == 422
    assert not ColumnMapping.objects.exists()


def test_each_change_is_tried_on_the_rows_and_nothing_is_saved(bea):
    batch = upload(bea, unknown(1))
    where = address("import_columns", batch.files.get().pk)
    sent = NAMED | {"time_zone": "America/New_York", "look": "1"}
    part = bea.post(where, sent, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "16:30" in part.content.decode()
    wanting = bea.post(where, sent | {"post_id": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "Choose the columns that are needed" in wanting
    assert not ColumnMapping.objects.exists()
    assert batch.files.get().format == ""


def test_columns_that_are_named_once_are_recognised_next_time(bea):
    batch = named(bea, 1)
    confirm(bea, batch, channel="new", handle="alba")
    do_work(batch)
    assert Post.objects.get().reactions == 5
    known = ColumnMapping.objects.get()
    assert (known.name, known.used_at is not None) == ("The agency's table", True)
    again = upload(bea, unknown(2))
    assert again.files.get().problem_code == ""
    page = bea.get(address("import_detail", again.pk)).content.decode()
    assert "columns as you named them before" in page


def test_a_table_with_one_more_column_is_recognised_too(bea):
    named(bea, 1)
    more = upload(bea, unknown(2, columns=("more", *UNKNOWN)))
    assert (more.files.get().format, more.files.get().problem_code) == ("generic", "")
    less = upload(bea, unknown(2, columns=("net", "when", "likes")))
    assert less.files.get().problem_code != ""


def test_platform_and_account_can_be_the_same_for_all_rows(bea):
    batch = named(bea, 1, platform="", all_platform="tiktok", all_account="@alba")
    file = batch.files.get()
    assert file.options["channel"] == ["tiktok", "@alba"]
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert 'value="@alba"' in page
    confirm(bea, batch, channel="new", handle="@alba")
    do_work(batch)
    assert str(Post.objects.get().channel.handle) == "alba"


def test_the_order_of_dates_and_the_time_zone_are_kept_with_the_mapping(bea):
    batch = upload(bea, unknown(1, stamp="02/05/2026 10:30"))
    where = address("import_columns", batch.files.get().pk)
    bea.post(where, NAMED | {"date_order": "mdy", "time_zone": "Asia/Tokyo"})
    assert batch.files.get().preview["rows"][0]["published_at"] == "2026-02-05T01:30:00+00:00"
    again = upload(bea, unknown(2, stamp="03/05/2026 10:30"))
    question = again.files.get().preview["questions"][0]
    assert (question["answer"], question["by"]) == ("mdy", "before")
    decided = upload(bea, unknown(3, stamp="25/05/2026 10:30"))
    assert decided.files.get().preview["rejected"] == 0  # its own values tell otherwise


def test_any_file_can_be_read_by_columns_named_by_hand_and_back_again(bea):
    rows = [
        {"platform": "x", "account": "alba", "post_id": "k1", "published_at": "2026-05-02 10:30:00", "reach": 7}
    ]
    batch = upload(bea, text(rows))
    file = batch.files.get()
    where = address("import_columns", file.pk)
    assert where in bea.get(address("import_detail", batch.pk)).content.decode()
    sent = {"all_platform": "x", "post_id": "post_id", "published_at": "published_at", "impressions": "reach"}
    bea.post(where, sent | {"time_zone": "UTC"})
    assert batch.files.get().preview["rows"][0]["impressions"] == 7


def test_columns_that_read_nothing_are_told(bea):
    batch = upload(bea, b"net,when,key\ninstagram,never,1\n")
    sent = {"all_platform": "instagram", "published_at": "when", "post_id": "key", "time_zone": "UTC"}
    response = bea.post(address("import_columns", batch.files.get().pk), sent)
    assert response.status_code == 302
    assert "never" in bea.get(address("import_detail", batch.pk)).content.decode()


def test_saved_mappings_are_listed_renamed_and_deleted(bea):
    assert "No mapping saved yet" in bea.get(address("import_mappings")).content.decode()
    named(bea, 1)
    known = ColumnMapping.objects.get()
    assert known.name.replace("'", "&#x27;") in bea.get(address("import_mappings")).content.decode()
    where = address("import_mapping", known.pk)
    sent = NAMED | {"name": "Monthly table", "reactions": "", "comments": "likes", "version": known.version}
    assert bea.post(where, sent).status_code == 302
    known.refresh_from_db()
    assert (known.name, known.mapping["comments"], known.version) == ("Monthly table", "likes", 2)
    assert bea.post(where, sent | {"name": "Mine"}).status_code == 422  # somebody changed it meanwhile
    gone = address("import_mapping_delete", known.pk)
    assert "Delete this mapping?" in bea.get(gone).content.decode()
    bea.post(gone)
    assert not ColumnMapping.objects.exists()
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"import.columns_named", "mapping.changed", "mapping.removed"} <= actions


def test_two_mappings_never_share_a_name(bea):
    named(bea, 1)
    other = upload(bea, unknown(2, columns=("net", "when", "key", "likes")))
    bea.post(address("import_columns", other.files.get().pk), NAMED | {"name": "Other"})
    known = ColumnMapping.objects.get(name="Other")
    response = bea.post(address("import_mapping", known.pk), NAMED | {"version": 1})
    assert response.status_code == 422
    assert "Another mapping has this name" in response.content.decode()


def test_the_list_asks_as_often_for_many_mappings_as_for_one(bea, cast, django_assert_max_num_queries):
    for number in range(5):
        ColumnMapping.objects.create(brand=cast.brand, name=f"m{number}", signature=f"s{number}", columns=["a"])
    with django_assert_max_num_queries(12):
        bea.get(address("import_mappings"))


def test_the_nearest_format_is_named_with_the_steps_to_its_export(bea):
    content = b"Post ID,Permalink,Reactions,Reach\n10000000000001,https://fb.example/1,5,10\n"
    batch = upload(bea, content)
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "these columns are missing" in page
    assert "How to export it: Facebook and Instagram: posts" in page
    assert "business.facebook.com" in page

"""check_data finds what scoping cannot catch."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analytics.models import Post
from tests.access_table import make_rows


def test_sound_data_has_no_findings(cast):
    make_rows(cast.brand, cast.bea)
    out = StringIO()
    call_command("check_data", "--json", stdout=out)
    assert json.loads(out.getvalue()) == []


def test_a_row_that_points_into_another_brand_is_found(cast):
    make_rows(cast.brand, cast.bea)
    rows = make_rows(cast.foreign_brand, cast.dario)
    Post.across_brands.filter(brand=cast.brand).update(channel=rows.numbers["channel_id"], external_id="moved")
    with pytest.raises(CommandError):
        call_command("check_data", stdout=(out := StringIO()))
    assert "other brand" in out.getvalue()


def test_a_post_of_a_channel_that_is_gone_is_found(cast):
    make_rows(cast.brand, cast.bea)
    Post.across_brands.update(channel=999_999)
    with pytest.raises(CommandError):
        call_command("check_data", stdout=(out := StringIO()))
    assert "missing" in out.getvalue()

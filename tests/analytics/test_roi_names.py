"""Spellings of one campaign meet; origins of visits are told apart."""

import pytest

from analytics.roi.names import campaign_key, fold, origin, platform_of


@pytest.mark.parametrize(
    "spelling",
    [
        "Spring Sale",
        "spring_sale",
        "spring-sale",
        " SPRING  SALE ",
        "spring%20sale",
        "spring+sale",
        "Spring – Sale!",
    ],
)
def test_spellings_meet(spelling):
    assert campaign_key(spelling) == "spring-sale"


@pytest.mark.parametrize("name", ["", "  ", "(not set)", "(direct)", "(Organic)", "(referral)", "-"])
def test_no_name_is_no_campaign(name):
    assert campaign_key(name) == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [("Caffè d’Estate", "caffe-d-estate"), ("夏セール", "夏セール"), ("50% off", "50-off"), ("1+1", "1-1")],
)
def test_accents_and_signs(name, key):
    assert campaign_key(name) == key


def test_different_campaigns_stay_apart():
    assert campaign_key("202605_alba_spring") != campaign_key("202606_alba_spring")


@pytest.mark.parametrize(
    ("source", "platform"),
    [
        ("facebook", "facebook"),
        ("m.facebook.com", "facebook"),
        ("lm.facebook.com", "facebook"),
        ("fb", "facebook"),
        ("l.instagram.com", "instagram"),
        ("IG", "instagram"),
        ("t.co", "x"),
        ("lnkd.in", "linkedin"),
        ("www.pinterest.it", "pinterest"),
        ("l.wl.co", "whatsapp"),
        ("news.example", ""),
        ("facebook-fans.example", ""),
        ("", ""),
    ],
)
def test_sources(source, platform):
    assert platform_of(source) == platform


@pytest.mark.parametrize(
    ("group", "source", "medium", "kind", "platform", "paid"),
    [
        ("Paid Social", "facebook", "cpc", "social", "facebook", True),
        ("Organic Social", "", "", "social", "", False),
        ("Organic Video", "youtube.com", "referral", "social", "youtube", False),
        ("", "instagram", "social", "social", "instagram", False),
        ("", "linkedin", "", "social", "linkedin", None),
        ("", "newsletter", "paid_social", "message", "", True),
        ("", "blog.example", "paid_social", "social", "", True),
        ("Referral", "facebook.com", "referral", "social", "facebook", False),
        ("Email", "crm", "email", "message", "", False),
        ("Paid Search", "google", "cpc", "paid", "google", True),
        ("Organic Search", "google", "organic", "other", "google", False),
        ("Direct", "(direct)", "(none)", "unknown", "", None),
        ("Unassigned", "", "", "unknown", "", None),
        ("", "", "", "unknown", "", None),
        ("Referral", "partner.example", "referral", "other", "", False),
    ],
)
def test_origins(group, source, medium, kind, platform, paid):
    assert origin(group, source, medium) == (kind, platform, paid)


def test_metas_platforms_stand_together_only_where_metas_ads_do():
    assert fold("instagram", {"meta"}) == "meta"
    assert fold("instagram", {"tiktok"}) == "instagram"
    assert fold("tiktok", {"meta"}) == "tiktok"

"""Writes every file of the demo into a folder."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from smm.demo import money, orders, searches
from smm.demo.brands import BRANDS
from smm.demo.files import ads, ga4, google_ads, linkedin, meta, series, shopify, template, tiktok, x, youtube
from smm.demo.files.base import DemoFile
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost, history

Writer = Callable[..., list[DemoFile]]
WRITERS: dict[str, Writer] = {
    "facebook": meta.facebook,
    "instagram": meta.instagram,
    "x": x.content,
    "linkedin": linkedin.content,
    "tiktok": tiktok.content,
    "youtube": youtube.content,
    "bluesky": template.content,
}


def brand_files(demo: Demo, *, today: date) -> list[DemoFile]:
    """The exports of one brand: each account's posts and series by day; ads, visits, orders; oldest first."""
    files = []
    for account in demo.accounts:
        posts = history(demo, account, today=today)
        files += _posts_files(demo, account, posts, today=today)
        files += series.export(demo, account, posts, today=today)
    searched, visits = searches.search_days(demo, today=today), money.visits(demo, today=today)
    money_files = ads.export(demo, money.ads(demo, today=today), today=today)
    money_files += google_ads.export(demo, searched, today=today)
    money_files += ga4.export(demo, visits + searches.search_visits(demo, searched, today=today), today=today)
    if demo.goods:
        money_files += shopify.export(demo, orders.orders(demo, visits, today=today), today=today)
    return files + [file._replace(group="money") for file in money_files]


def account_files(demo: Demo, account: Account, *, today: date) -> list[DemoFile]:
    """The exports of an account's posts."""
    return _posts_files(demo, account, history(demo, account, today=today), today=today)


def _posts_files(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    files = WRITERS[account.platform](demo, account, posts, today=today)
    return [file._replace(group=account.key) for file in files]


def write(folder: Path, *, today: date) -> dict[Path, DemoFile]:
    """Write the files of all brands, one folder per brand, with the time of their download as time of change."""
    written = {}
    for demo in BRANDS:
        (folder / demo.slug).mkdir(parents=True, exist_ok=True)
        for file in brand_files(demo, today=today):
            path = folder / demo.slug / file.name
            path.write_bytes(file.content)
            os.utime(path, (file.exported_at.timestamp(),) * 2)
            written[path] = file
    return written

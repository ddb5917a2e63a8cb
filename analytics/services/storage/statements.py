"""The SQL that applies staged rows to the posts, for PostgreSQL and SQLite alike.

`import_stage` holds rows of the file, at most one per post; `import_diff` those of them that are new or differ;
`import_merged` what the differing posts will be. A figure of the file counts when it is there: an empty one never
erases. Of two figures the one of the newer reading wins.
"""

from dataclasses import dataclass

from analytics.models import METRICS

STAGE, DIFF, MERGED = "import_stage", "import_diff", "import_merged"
TEXTS = ("format", "text", "permalink", "language")
COMPONENTS = ("reactions", "comments", "shares", "saves")
# The sum of reactions, comments, shares and saves follows from these, so it is merged after them.
TOLD = tuple(name for name in METRICS if name != "engagements")
DESCRIBED = ("published_at", "is_exact", *TEXTS, "paid", "is_reply")
COLUMNS = ("external_id", *DESCRIBED, *METRICS, "as_of")
TYPES = {
    "external_id": "text",
    "published_at": "moment",
    "is_exact": "boolean",
    **dict.fromkeys(TEXTS, "text"),
    "paid": "boolean",
    "is_reply": "boolean",
    **dict.fromkeys(METRICS, "bigint"),
    "watch_seconds": "double precision",
    "as_of": "moment",
}
STORED = (
    *("external_id", *DESCRIBED, *METRICS, "metrics_as_of"),
    *("brand_id", "channel_id", "file_id", "created_at", "updated_at"),
)


@dataclass(frozen=True)
class Dialect:
    """Where the two databases differ: a marker for parameters, inequality that knows NULL, types, weeks."""

    parameter: str
    differs: str
    moment: str
    collation: str
    week: str

    def param(self, name: str) -> str:
        return self.parameter.format(name)

    def week_of(self, column: str) -> str:
        """The number of the UTC week of a moment, counted from the first Monday of 1970."""
        return self.week.format(column)


POSTGRES = Dialect(
    parameter="%({})s",
    differs="IS DISTINCT FROM",
    moment="timestamptz",
    collation=' COLLATE "C"',
    week="floor((date_part('epoch', {}) - 345600) / 604800)::int",
)
SQLITE = Dialect(
    parameter=":{}",
    differs="IS NOT",
    moment="text",
    collation="",
    week="((CAST(strftime('%s', {}) AS INTEGER) - 345600) / 604800)",
)


def create_stage(dialect: Dialect) -> str:
    """Text columns are never NULL, figures are where the file is silent."""
    columns = ["channel_id bigint"]
    extras = {name: " DEFAULT ''" for name in TEXTS}
    extras |= {"external_id": dialect.collation, "is_reply": " DEFAULT false"}
    for name in COLUMNS:
        kind = TYPES[name].replace("moment", dialect.moment)
        columns.append(f"{name} {kind}{extras.get(name, '')}")
    return f"CREATE TEMPORARY TABLE {STAGE} ({', '.join(columns)})"


def drop(table: str) -> str:
    return f"DROP TABLE IF EXISTS {table}"


def find_differences(dialect: Dialect) -> str:
    """Which staged rows are new (id is NULL) or say something that is not stored."""
    told = [f"(s.{name} IS NOT NULL AND (p.{name} IS NULL OR p.{name} <> s.{name}))" for name in (*TOLD, "paid")]
    alone = " AND ".join(f"s.{name} IS NULL" for name in COMPONENTS)
    told.append(f"(s.engagements IS NOT NULL AND s.engagements {dialect.differs} p.engagements AND {alone})")
    texts = [f"(s.{name} <> p.{name} AND s.{name} <> '')" for name in TEXTS]
    rest = ["s.published_at <> p.published_at", "s.is_exact <> p.is_exact", "s.is_reply <> p.is_reply"]
    return f"""
        CREATE TEMPORARY TABLE {DIFF} AS
        SELECT s.channel_id, s.external_id, p.id
        FROM {STAGE} s
        LEFT JOIN analytics_post p ON p.channel_id = s.channel_id AND p.external_id = s.external_id
        WHERE p.id IS NULL OR {" OR ".join([*told, *texts, *rest])}"""


def merge(dialect: Dialect) -> str:
    """What each differing post will be, which kind of change that is, and in which direction its figures went."""
    figures = " OR ".join(f"new_{name} {dialect.differs} old_{name}" for name in METRICS)
    replaced = " OR ".join(f"(old_{name} IS NOT NULL AND new_{name} <> old_{name})" for name in METRICS)
    other = " OR ".join(f"new_{name} {dialect.differs} old_{name}" for name in DESCRIBED)
    new = ", ".join(f"new_{name}" for name in (*DESCRIBED, *METRICS))
    return f"""
        CREATE TEMPORARY TABLE {MERGED} AS
        SELECT id, channel_id, newer, as_of, trend, old_published_at, {new},
            ({figures}) AS figures, ({replaced}) AS replaced, ({other}) AS other
        FROM (SELECT told.*, {_total("new_{}", "stated")} AS new_engagements FROM ({_told(dialect)}) told) whole"""


def _told(dialect: Dialect) -> str:
    """Old and new value of each column of the posts that differ, side by side."""
    as_of = f"COALESCE(s.as_of, {dialect.param('as_of')})"
    newer = f"({as_of} >= p.metrics_as_of AND {dialect.param('older')} = 0)"
    old = [f"p.{name} AS old_{name}" for name in (*DESCRIBED, *METRICS)]
    told = [
        f"CASE WHEN {newer} THEN COALESCE(s.{name}, p.{name}) ELSE COALESCE(p.{name}, s.{name}) END AS new_{name}"
        for name in (*TOLD, "paid")
    ]
    stated = f"CASE WHEN {newer} THEN COALESCE(s.engagements, p.engagements)"
    told.append(f"{stated} ELSE COALESCE(p.engagements, s.engagements) END AS stated")
    keeps = "s.{0} = '' OR (p.{0} <> '' AND NOT {1})"
    texts = [
        f"CASE WHEN {keeps.format(name, newer)} THEN p.{name} ELSE s.{name} END AS new_{name}" for name in TEXTS
    ]
    trend = " + ".join(f"CASE WHEN s.{m} > p.{m} THEN 1 WHEN s.{m} < p.{m} THEN -1 ELSE 0 END" for m in TOLD)
    return f"""
        SELECT p.id, p.channel_id, {newer} AS newer, {as_of} AS as_of, {trend} AS trend,
            {", ".join([*old, *told, *texts])},
            CASE WHEN (s.is_exact AND NOT p.is_exact) OR ({newer} AND (s.is_exact OR NOT p.is_exact))
                THEN s.published_at ELSE p.published_at END AS new_published_at,
            (s.is_exact OR p.is_exact) AS new_is_exact,
            CASE WHEN {newer} THEN s.is_reply ELSE p.is_reply END AS new_is_reply
        FROM {DIFF} d
        JOIN {STAGE} s ON s.channel_id = d.channel_id AND s.external_id = d.external_id
        JOIN analytics_post p ON p.id = d.id"""


def _total(name: str, stated: str) -> str:
    """The components that are there added up; what the platform states where none is."""
    parts = [name.format(part) for part in COMPONENTS]
    none = " AND ".join(f"{part} IS NULL" for part in parts)
    total = " + ".join(f"COALESCE({part}, 0)" for part in parts)
    return f"CASE WHEN {none} THEN {stated} ELSE {total} END"


def keep_history() -> str:
    """The figures that a newer reading replaces, with the age they had."""
    names = ", ".join(METRICS)
    figures = ", ".join(f"p.{name}" for name in METRICS)
    return f"""
        INSERT INTO analytics_postmetrics (post_id, as_of, {names})
        SELECT p.id, p.metrics_as_of, {figures}
        FROM {MERGED} m JOIN analytics_post p ON p.id = m.id
        WHERE m.newer AND m.replaced AND m.as_of > p.metrics_as_of
        ON CONFLICT (post_id, as_of) DO NOTHING"""


def update(dialect: Dialect) -> str:
    values = ", ".join(f"{name} = m.new_{name}" for name in (*DESCRIBED, *METRICS))
    return f"""
        UPDATE analytics_post SET {values},
            metrics_as_of = CASE WHEN m.newer AND m.figures THEN m.as_of ELSE metrics_as_of END,
            file_id = {dialect.param("file")}, updated_at = {dialect.param("now")}
        FROM {MERGED} m WHERE analytics_post.id = m.id AND (m.figures OR m.other)"""


def insert_all(dialect: Dialect) -> str:
    """Every staged row, where none of their channels has a post yet."""
    return f"{_insert(dialect)} FROM {STAGE} s"


def insert_new(dialect: Dialect) -> str:
    same = "d.channel_id = s.channel_id AND d.external_id = s.external_id"
    return f"{_insert(dialect)} FROM {STAGE} s JOIN {DIFF} d ON {same} WHERE d.id IS NULL"


def _insert(dialect: Dialect) -> str:
    p = dialect.param
    whole = _total("s.{}", "s.engagements")
    copied = ", ".join(whole if name == "engagements" else f"s.{name}" for name in COLUMNS[:-1])
    return f"""
        INSERT INTO analytics_post ({", ".join(STORED)})
        SELECT {copied}, COALESCE(s.as_of, {p("as_of")}),
            {p("brand")}, s.channel_id, {p("file")}, {p("now")}, {p("now")}"""


def weeks_of_all(dialect: Dialect) -> str:
    """Every staged week, with the first and the last post in it."""
    week = dialect.week_of("published_at")
    return f"SELECT channel_id, {week}, min(published_at), max(published_at) FROM {STAGE} GROUP BY 1, 2"


def weeks_of_new(dialect: Dialect) -> str:
    return f"""
        SELECT DISTINCT s.channel_id, {dialect.week_of("s.published_at")}
        FROM {STAGE} s JOIN {DIFF} d ON d.channel_id = s.channel_id AND d.external_id = s.external_id
        WHERE d.id IS NULL"""


def weeks_of_changed(dialect: Dialect) -> str:
    """The weeks of changed posts, and those that they have left."""
    changed = f"FROM {MERGED} WHERE figures OR other"
    return f"""
        SELECT channel_id, {dialect.week_of("old_published_at")} {changed}
        UNION SELECT channel_id, {dialect.week_of("new_published_at")} {changed}"""


def count_changes() -> str:
    """Changed posts, those whose newer figures were kept, and those whose figures went up or down."""
    return f"""
        SELECT count(*) FILTER (WHERE figures OR other), count(*) FILTER (WHERE NOT newer AND trend <> 0),
            count(*) FILTER (WHERE trend > 0), count(*) FILTER (WHERE trend < 0)
        FROM {MERGED}"""

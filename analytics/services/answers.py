"""What files leave open: answered by a person, by what was answered before, or by what cannot be."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, register_messages
from accounts.services import CURRENCIES
from analytics.formats import Notice, Question, Reader
from analytics.formats.asking import CURRENCY, DATE_ORDER, DECIMAL_SIGN
from analytics.formats.dates import ORDERS
from analytics.formats.numbers import SIGNS
from analytics.formats.tables import Source
from analytics.models import ColumnMapping, ImportFile, SourceAnswers

LANGUAGES = ("en", "it", "de", "es", "fr", "pt")
CHOICES: dict[str, Iterable[str]] = {
    DATE_ORDER: ORDERS,
    DECIMAL_SIGN: SIGNS,
    CURRENCY: CURRENCIES,
    "language": LANGUAGES,
    "time_zone": available_timezones(),
}
# Who settled a question that nobody answered in this upload.
BEFORE, FUTURE, BRAND = "before", "future", "brand"
# Exports whose platform writes dates in one order, so that it may be proposed.
ONE_ORDER = frozenset({"meta_facebook", "meta_instagram"})

register_messages(
    {
        "bad_answer": _(
            "“%(value)s” is no answer. Write it as KEY=CHOICE, such as date_order=dmy, decimal_sign=, or"
            " currency=EUR."
        ),
    }
)


def dialect(source: Source) -> str:
    """Tells files that were written by the same program in the same setting."""
    return hashlib.sha256(f"{source.encoding}\x1f{source.delimiter}".encode()).hexdigest()


def parse_answer(text: str) -> tuple[str, str]:
    """`KEY=CHOICE` as commands take it; raises InvalidInput for what answers no question."""
    key, _equals, choice = text.partition("=")
    if choice not in CHOICES.get(key.split(":", 1)[0], ()):
        raise InvalidInput("bad_answer", field="answer", value=text)
    return key, choice


def settle(file: ImportFile, questions: Iterable[Question], signature: str) -> dict[str, tuple[str, str]]:
    """key → (choice, who settled it) of questions that are not answered in this upload and need not be asked."""
    answers, before = file.options.get("answers", {}), _before(file, signature)
    settled = {}
    for question in questions:
        if question.key in answers or question.code in answers:
            continue
        known = before.get(question.key) or before.get(question.code)
        if known and (known in question.choices or not question.choices):
            settled[question.key] = (known, BEFORE)
        elif choice := _only_past(question, file):
            settled[question.key] = (choice, FUTURE)
        elif question.code == CURRENCY:
            settled[question.key] = (file.brand.currency, BRAND)
    return settled


def _before(file: ImportFile, signature: str) -> Mapping[str, str]:
    if file.options.get("mapping"):
        known: Any = ColumnMapping.objects.filter(signature=file.options.get("signature", "")).first()
    else:
        known = SourceAnswers.objects.filter(format=file.format, signature=signature).first()
    return known.answers if known else {}


def _only_past(question: Question, file: ImportFile) -> str:
    """The one reading of a column of dates without a day after the file itself; "" where that does not decide."""
    if question.code != DATE_ORDER or file.kind not in ("posts", "spend", "days"):
        return ""
    latest = _day_of(file) + timedelta(days=1)
    spans = zip(question.choices, question.spans, strict=False)
    past = [choice for choice, (_first, last) in spans if date.fromisoformat(last) <= latest]
    return past[0] if len(past) == 1 else ""


def _day_of(file: ImportFile) -> date:
    """The day on which a file was there already: its last change, else that of its upload."""
    moment: datetime | None = file.modified_at or file.created_at
    return moment.date() if moment else date.max - timedelta(days=1)


def told(file: ImportFile, reader: Reader) -> list[dict[str, Any]]:
    """The questions of a file as its preview keeps them, with the answer that holds and who gave it.

    `usual` is what the platform itself writes, unless a spreadsheet has written the file anew.
    """
    untouched = reader.delimiter == "," and reader.encoding.startswith("utf-8") and file.format in ONE_ORDER
    answers, settled = file.options.get("answers", {}), file.options.get("settled", {})
    listed = []
    for question in reader.questions:
        answer = answers.get(question.key) or answers.get(question.code)
        choice, by = (answer, "user") if answer else settled.get(question.key, ("", ""))
        usual = question.assumed if untouched and question.code == DATE_ORDER else ""
        listed.append(question._asdict() | {"key": question.key, "answer": choice, "by": by, "usual": usual})
    return listed


def notices(file: ImportFile) -> list[Notice]:
    """What was taken without an answer of this upload."""
    found = []
    for key, (choice, by) in file.options.get("settled", {}).items():
        if by == BRAND:
            found.append(Notice("currency_assumed", {"currency": choice}))
        else:
            column = key.partition(":")[2]
            found.append(Notice(f"settled_{by}", {"column": column, "choice": choice}))
    return found


def remember(file: ImportFile) -> None:
    """Keep what was answered of this file for the next one of its source."""
    asked = {question["key"] for question in file.preview.get("questions", [])}
    given = {key: choice for key, choice in file.options.get("answers", {}).items() if key in asked}
    if not given:
        return
    if file.options.get("mapping"):
        known: Any = ColumnMapping.objects.filter(signature=file.options.get("signature", "")).first()
    else:
        known, _made = SourceAnswers.objects.get_or_create(
            brand=file.brand, format=file.format, signature=file.preview.get("dialect", "")
        )
    if known:
        known.answers = {**known.answers, **given}
        known.save(update_fields=["answers", "updated_at"])

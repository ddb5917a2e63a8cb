"""Fields whose value is a list, written by a person as words with commas between."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategy import audience_words as words
from strategy import online_hours
from strategy.online_hours import HoursError

MOST = 30
HOURS_ERRORS = {
    "line": _("Line %(line)s: “%(found)s” lacks days or hours. Write for instance: %(example)s"),
    "day": _("Line %(line)s: “%(found)s” is not a day of the week. Write for instance: %(example)s"),
    "span": _("Line %(line)s: “%(found)s” is not a span of hours with a level. Write for instance: %(example)s"),
    "level": _("Line %(line)s: “%(found)s” is not a level. Take one of these: %(levels)s."),
}


class WordsField(forms.CharField):
    """Words with commas between, as a list without repetitions."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(self.shown, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value) or ""
        found = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        if len(found) > MOST:
            raise ValidationError(_("Name at most %(most)s, the weightiest ones."), params={"most": MOST})
        return list(dict.fromkeys(map(self.read, found)))

    def shown(self, item: Any) -> str:
        return str(item)

    def read(self, text: str) -> str:
        return text


class CodesField(WordsField):
    """Names that stand for codes, such as countries; codes are understood too."""

    unknown = _("“%(name)s” is not known. Write its name in full, or its code of two letters.")

    def __init__(
        self, *, codes: Callable[[], Mapping[str, str]], name_of: Callable[[str], str], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.codes, self.name_of = codes, name_of

    def shown(self, item: Any) -> str:
        return self.name_of(str(item))

    def read(self, text: str) -> str:
        code = self.codes().get(text.casefold())
        if code is None:
            raise ValidationError(self.unknown, params={"name": text})
        return code


class HoursField(forms.CharField):
    """The hours online as text, a line for each pattern of days; the grid on the page writes the same text."""

    widget = forms.Textarea(attrs={"rows": 4, "data-hours-text": "", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return online_hours.write(value, words.hours_words()) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[int]:  # type: ignore[override]
        try:
            return online_hours.parse(super().clean(value) or "", words.hours_words())
        except HoursError as error:
            facts = {
                "line": error.line,
                "found": error.found,
                "example": words.hours_example(),
                "levels": ", ".join(words.level_names()),
            }
            raise ValidationError(HOURS_ERRORS[error.code], params=facts) from None

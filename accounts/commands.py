"""What the commands share: a table or JSON on stdout, one sentence on stderr when something is wrong."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.errors import AppError
from accounts.models import Brand


class TimoneCommand(BaseCommand):
    """A command with `--json`; implement `answer(**options)` and return what is to be printed."""

    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.answer(**options)
        except AppError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["as_json"]:
            self.stdout.write(self.as_json(answer))
        else:
            self.print_table(answer)

    @staticmethod
    def as_json(answer: Any) -> str:
        return json.dumps(answer, ensure_ascii=False, indent=2, default=str)

    def answer(self, **options: Any) -> Any:
        raise NotImplementedError

    def print_table(self, answer: Any) -> None:
        rows = answer if isinstance(answer, list) else [answer]
        for row in rows:
            for name, value in row.items():
                self.stdout.write(f"{name:<16} {value}")

    def brand(self, slug: str) -> Brand:
        brand = Brand.objects.filter(slug=slug).first()
        if brand is None:
            known = ", ".join(Brand.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no brand “{slug}”. Known brands: {known}.", returncode=2)
        return brand

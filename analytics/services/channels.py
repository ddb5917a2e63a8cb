"""Which channel the rows of a file belong to."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand
from analytics.formats import Notice
from analytics.formats.series import EITHER, places
from analytics.services.storage import Restart
from strategy.models import Channel
from strategy.platforms import PLATFORM_NAMES

register_messages(
    {
        "channel_spelling": _("“%(value)s” names no channel. Write it as PLATFORM:ACCOUNT, such as x:acme."),
        "channel_platform": _(
            "The file holds posts of %(found)s, not of %(wanted)s. Choose a channel on %(found)s."
        ),
        "channel_not_named": _(
            "The file does not tell whose posts these are, and the brand has %(count)s channels on %(platform)s."
            " Choose one of them, on the command line with --channel %(slug)s:ACCOUNT."
        ),
        "channel_of_either": _(
            "The file does not tell whether its figures are of Facebook or Instagram. Choose the channel, on the"
            " command line with --channel facebook:ACCOUNT or --channel instagram:ACCOUNT."
        ),
        "channel_not_in_file": _(
            "The file holds posts of %(accounts)s, but none of %(wanted)s. Choose one of these accounts, or none."
        ),
    }
)
Account = tuple[str, str, str]  # platform, account as the file names it, the platform's number of it


@dataclass
class Routing:
    """Where the rows of a file go.

    `chosen` (platform or "" for any, handle) was named by a person: it takes the rows of a file with one account,
    or with none, and picks its own out of a file with several. `left_out` are accounts whose rows nobody wants.
    `brand_account` lets a command name a channel after the brand when nothing else tells whose posts they are.
    `known` is where each account went when the file was stored before: then nothing is looked for or added.
    """

    brand: Brand
    chosen: tuple[str, str] | None = None
    left_out: frozenset[str] = frozenset()
    several: bool = False
    brand_account: bool = False
    known: dict[Account, int] | None = None
    notices: list[Notice] = field(default_factory=list)
    went: dict[Account, int] = field(default_factory=dict)
    _first: str | None = None

    def __call__(self, platform: str, account: str, account_id: str) -> int | None:
        asked = (platform, account, account_id)
        channel = self.known.get(asked) if self.known is not None else self._find(*asked)
        if channel is not None:
            self.went[asked] = channel
        return channel

    @property
    def routes(self) -> list[list[Any]]:
        """Where each account went, as `ImportFile.routes` holds it."""
        return [[*account, channel] for account, channel in sorted(self.went.items())]

    def _find(self, platform: str, account: str, account_id: str) -> int | None:
        if account and account in self.left_out:
            return None
        self._look(account)
        if self.chosen:
            return self._to_chosen(platform, account, account_id)
        if account or account_id:
            return find_or_add(self.brand, platform, account, account_id).pk
        return self._without_account(platform).pk

    def _look(self, account: str) -> None:
        if not account:
            return
        if self._first is None:
            self._first = account
        elif plain(account) != plain(self._first) and not self.several:
            self.several = True
            if self.chosen:
                raise Restart()

    def _to_chosen(self, platform: str, account: str, account_id: str) -> int | None:
        wanted, handle = self.chosen
        if platform in EITHER:
            return self._of_either(platform, wanted, handle)
        if wanted and platform != wanted:
            raise InvalidInput(
                "channel_platform", found=PLATFORM_NAMES.get(platform, platform), wanted=PLATFORM_NAMES[wanted]
            )
        if account and plain(account) != plain(handle):
            if self.several:
                return None
            self.notices.append(Notice("account_overruled", {"account": account, "channel": handle}))
            account_id = ""
        return find_or_add(self.brand, platform, handle, account_id).pk

    def _of_either(self, platform: str, wanted: str, handle: str) -> int:
        """Rows that may be of either of two platforms go to the chosen one, or where the account is known."""
        if wanted and wanted not in EITHER[platform]:
            raise InvalidInput("channel_platform", found=PLATFORM_NAMES[platform], wanted=PLATFORM_NAMES[wanted])
        if wanted:
            return find_or_add(self.brand, wanted, handle, "").pk
        known = Channel.objects.filter(platform__in=EITHER[platform]).annotate(lowered=Lower("handle"))
        found = list(known.filter(lowered=plain(handle))[:2])
        if len(found) != 1:
            raise InvalidInput("channel_of_either")
        return found[0].pk

    def _without_account(self, platform: str) -> Channel:
        known = list(Channel.objects.filter(platform__in=places(platform))[:2])
        if len(known) == 1 and platform not in EITHER:
            return known[0]
        if platform in EITHER:
            raise InvalidInput("channel_of_either")
        if known or not self.brand_account:
            raise InvalidInput(
                "channel_not_named",
                platform=PLATFORM_NAMES.get(platform, platform),
                slug=platform,
                count=Channel.objects.filter(platform=platform).count(),
            )
        self.notices.append(Notice("account_from_brand", {"channel": self.brand.slug}))
        return find_or_add(self.brand, platform, self.brand.slug, "")


def plain(handle: str) -> str:
    """An account's name as it is compared: without the @ and without capitals."""
    return handle.strip().removeprefix("@").casefold()


def find_or_add(brand: Brand, platform: str, handle: str, account_id: str) -> Channel:
    """The brand's channel with this number or, in any capitals, this name; added when there is none."""
    channels = Channel.objects.filter(brand=brand, platform=platform)
    handle = handle.strip().removeprefix("@")[:200]
    if account_id and (found := channels.filter(external_id=account_id).first()):
        return found
    handle = handle or account_id
    found = channels.annotate(lowered=Lower("handle")).filter(lowered=handle.lower()).first()
    if found is None:
        return Channel.objects.create(brand=brand, platform=platform, handle=handle, external_id=account_id[:80])
    if account_id and not found.external_id:
        found.external_id = account_id[:80]
        found.save(update_fields=["external_id", "updated_at"])
    return found


def parse_channel(text: str) -> tuple[str, str]:
    """`PLATFORM:ACCOUNT` as commands take it."""
    platform, colon, handle = text.partition(":")
    platform, handle = platform.strip().lower(), handle.strip().removeprefix("@")
    if not colon or not handle or platform not in PLATFORM_NAMES:
        raise InvalidInput("channel_spelling", field="channel", value=text)
    return platform, handle

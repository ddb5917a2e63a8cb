"""The names of the platforms, as they write them themselves."""

PLATFORM_CHOICES = [
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("threads", "Threads"),
    ("x", "X"),
    ("linkedin", "LinkedIn"),
    ("tiktok", "TikTok"),
    ("youtube", "YouTube"),
    ("pinterest", "Pinterest"),
    ("bluesky", "Bluesky"),
    ("reddit", "Reddit"),
    ("snapchat", "Snapchat"),
    ("whatsapp", "WhatsApp"),
    ("telegram", "Telegram"),
    ("google", "Google"),
    ("meta", "Meta"),
    ("ga4", "Google Analytics"),
    ("other", "Other"),
]
PLATFORM_NAMES = dict(PLATFORM_CHOICES)
# Where people meet; the others only tell of it: ad systems and web analytics.
SOCIAL_PLATFORMS = tuple(slug for slug in PLATFORM_NAMES if slug not in ("google", "meta", "ga4", "other"))

"""Links in one writing: the same page reached by two links is one page."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

MAX_LINK_LENGTH = 2000
# Absolute and encoded already, as nearly all links in feeds are.
_CLEAN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.)+[a-z]{2,20}(?::[1-9]\d{1,3})?"
    r"/[\w./~!$()*,:@=+-]*+(?:\?[\w./~!$()*,;:@=+&-]++)?(?:#[\w./~!$()*,;:@=+&-]++)?",
    re.A,
)

# Parameters that say where a reader came from and never which page it is.
TRACKING = frozenset(
    str.split(
        "_ga _gl _hsenc _hsmi _openstat at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_medium "
        "campaign_id cmpid cx_artpos cx_testid cx_testvariant dclid dicbo ef_id efg emci emdi epik fb_action_ids "
        "fb_action_types fb_ref fb_source fbclid ga_campaign ga_content ga_medium ga_source ga_term gbraid gclid "
        "gclsrc guccounter guce_referrer guce_referrer_sig icid igsh igshid int_campaign int_medium int_source "
        "itm_campaign itm_content itm_medium itm_source li_fat_id mc_cid mc_eid mkt_tok mkwid ml_subscriber "
        "ml_subscriber_hash msclkid mtm_campaign mtm_content mtm_keyword mtm_medium mtm_source ncid ns_campaign "
        "ns_mchannel ns_source ocid oly_anon_id oly_enc_id pk_campaign pk_keyword pk_kwd piwik_campaign ref_src "
        "ref_url rss_id s_cid s_kwcid sc_campaign smid smtyp srsltid soc_src soc_trk spm sr_share taid tt_content "
        "tt_medium ttclid twclid vero_conv vero_id wickedid wt_mc wtmc xtor yclid ysclid"
    )
)
# Most links are of this kind, and need none of the care that the others do.
_SIMPLE = re.compile(
    r"(?!.*/\.)(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+)(/[A-Za-z0-9/._~-]*)?(?:\?((?:[A-Za-z0-9._-]+=[A-Za-z0-9._-]+&?)*))?"
)
_TRACKING_PREFIX = ("utm_", "stm_", "hsa_", "piano-", "trk_")


def absolute(link: str, base: str) -> str:
    """The link as an absolute http(s) address, percent-encoded; "" for every other kind."""
    if len(link) <= MAX_LINK_LENGTH and "/." not in link and "xn--" not in link and _CLEAN.fullmatch(link):
        return link
    text = re.sub(r"[\x00-\x1f\x7f]", "", link.strip())
    if not text:
        return ""
    try:
        joined = urljoin(base, text)
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname or len(joined) > MAX_LINK_LENGTH:
            return ""
        encoded: str = safe_url_string(joined)
    except ValueError:
        return ""
    return encoded if len(encoded) <= MAX_LINK_LENGTH else ""


def canonical(link: str) -> str:
    """The link with its query sorted and without fragment, tracking parameters and default port.

    For comparing only: it may differ from the link people should be sent to. What is no http(s) link gives "".
    """
    if (simple := _SIMPLE.fullmatch(link)) is not None:
        start, path, query = simple.groups()
        pairs = sorted(tuple(pair.split("=", 1)) for pair in (query or "").split("&") if pair)
        kept = "&".join(f"{name}={value}" for name, value in pairs if not _is_tracking(name.lower()))
        return f"{start}{path or '/'}?{kept}" if kept else f"{start}{path or '/'}"
    return _canonical(link)


def _canonical(link: str) -> str:
    try:
        parts = urlsplit(link.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        plain = urlunsplit((parts.scheme, _host(parts), parts.path or "/", _without_tracking(parts.query), ""))
        normal: str = canonicalize_url(plain)
    except ValueError:
        return ""
    return normal


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    bracketed = f"[{host}]" if ":" in host else host
    standard = {"http": 80, "https": 443}[parts.scheme]
    return bracketed if parts.port in (None, standard) else f"{bracketed}:{parts.port}"


def _without_tracking(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0].lower()))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(_TRACKING_PREFIX)

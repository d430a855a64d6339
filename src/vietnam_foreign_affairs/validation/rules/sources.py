"""Rules about the pages that are cited: their addresses, publishers and days."""

from __future__ import annotations

from . import DomainRule

TRACKING = "[?&](?:utm_[a-z]+|fbclid|gclid|ref|share)="
HOST = r"^https?://[a-z0-9-]+(?:[.][a-z0-9-]+)*[.][a-z]{2,}(?::\d+)?/"
NO_PAGE = "|".join(
    (
        # what finds, keeps, translates or shortens pages of others
        "^https?://(?:www[.])?(?:google[.][a-z.]+|bing[.]com|duckduckgo[.]com|web[.]archive[.]org"
        "|archive[.](?:is|ph|today)|[^/]+[.]translate[.]goog|bit[.]ly|t[.]co|tinyurl[.]com)/",
        TRACKING,
        "#",
        "%25(?:[89A-F][0-9A-F]|20)",  # encoded twice
        "https?:.*https?:",
        r"[.]{3}|…|[,;:&?%(\[\].]$|^[^(]*[)]$",  # cut, or with a mark of the sentence around it
    )
)
SEEN_SHORT = "https://bit.ly/395shgS"  # its own address was not found


def _host(t):
    # On a code host each owner publishes for itself.
    return t.url.re_extract("^https?://(?:www[.])?(github[.]com/[^/]+|[^/:?]+)", 1)


def _as_most(t, group, value):
    """Whether a row has the value of more than half of its group; a blank one is left out."""
    cells = t.select("source_id", group=group, value=value).drop_null("value")
    rows = cells.group_by("group", "value").aggregate(rows=cells.count())
    # Grouped and joined, where a window would say the same: it would sort every page whole.
    groups = rows.group_by("group").aggregate(pages=rows.rows.sum(), values=rows.count())
    rare = rows.join(groups.filter(groups["values"] > 1), "group")
    rare = rare.filter(rare.rows * 2 <= rare.pages)
    return t.source_id.notin(cells.semi_join(rare, ["group", "value"]).source_id)


def _group_of_several(t):
    named = t.drop_null("publisher_group")  # nothing is surely not in a list that holds a blank
    groups = named.group_by("publisher_group").aggregate(publishers=named.publisher.nunique())
    several = groups.filter(groups.publishers > 1).publisher_group
    group = t.publisher_group
    return group.isnull() | group.isin(t.publisher) | group.isin(several)


def _page(t):
    """An address without what does not tell two pages apart."""
    page = t.url.lower().re_replace("^https?://(?:www[.]|m[.]|amp[.])?", "")
    return page.re_replace(f"(?:{TRACKING}[^&#]*)+|#.*$|/+$", "")


def _addressed(t, _):
    import ibis

    year, rest = "((?:19|20)[0-9][0-9])", "(0[1-9]|1[0-2]){0}(0[1-9]|[12][0-9]|3[01])"
    parted = f"/{year}[/-]{rest.format('[/-]')}(?:[/_.-]|$)"
    joined = f"[/_.-]{year}{rest.format('')}(?:[0-9]{{4,9}})?(?:[/_.-]|$)"

    def day(form):
        parts = [t.url.re_extract(form, n) for n in (1, 2, 3)]
        return ibis.literal("-").join(parts).try_cast("date")

    days = day(parted).coalesce(day(joined)).delta(t.published_on, unit="day").abs()
    filed = t.url.re_extract(f"[a-z0-9]/{year}/", 1).try_cast("int64")
    years = (filed - t.published_on.year()).abs()
    # One broadcaster stamps the day on which it filed a page anew.
    return (days <= 2).fill_null((years <= 1).fill_null(True)) | t.url.re_search("[./]vtv[.]vn/")


RULES = (
    DomainRule(
        "read_after_publication",
        "sources",
        "accessed_on",
        "A page is read on or after the day it is published",
        "what was known when",
        "check published_on",
        lambda t, _: t.accessed_on >= t.published_on,
    ),
    DomainRule(
        "one_publisher_a_host",
        "sources",
        "publisher",
        "Pages of one web host have one publisher name",
        "the count of independent publishers",
        "use the name that the other pages of the host have",
        lambda t, _: _as_most(t, _host(t), t.publisher),
    ),
    DomainRule(
        "page_once",
        "sources",
        "url",
        "A page is listed once",
        "the count of sources",
        "cite the row that is there: scheme, www, a slash, a fragment, tracking make no other page",
        lambda t, _: t.source_id.count().over(group_by=[_page(t)]) == 1,
    ),
    DomainRule(
        "address_of_a_page",
        "sources",
        "url",
        "An address names a page as its publisher has it",
        "sources that can be opened again",
        "give the page's own whole address: not its host, a search, an archive or a short link, "
        "without fragment, tracking or marks behind it, the host in small letters",
        lambda t, _: (
            t.url.re_search(HOST + ".") & ~t.url.re_search(NO_PAGE) | (t.url == SEEN_SHORT)
        ),
    ),
    DomainRule(
        "one_kind_a_publisher",
        "sources",
        "kind",
        "A publisher is of one kind",
        "what counts as official",
        "use the kind that the publisher's other pages have; treaty_text where the page is one",
        lambda t, _: _as_most(t, t.publisher, t.kind.nullif("treaty_text")),
    ),
    DomainRule(
        "one_group_a_publisher",
        "sources",
        "publisher_group",
        "A publisher has one owner in all rows, and an owner has several publishers",
        "the count of independent publishers",
        "use the group of the publisher's other pages; whose text one page reprints stands in "
        "origin_group",
        lambda t, _: (
            _as_most(t, t.publisher, t.publisher_group.fill_null("")) & _group_of_several(t)
        ),
    ),
    DomainRule(
        "published_as_addressed",
        "sources",
        "published_on",
        "The day of publication fits the day in the address",
        "what was known when",
        "check published_on: the address holds another day, or another year",
        _addressed,
    ),
)

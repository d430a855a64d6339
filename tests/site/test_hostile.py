"""Data are values: whatever a cell, a title or a text holds, nothing of it runs, anywhere."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser

import pytest
from markdown import markdown

from vietnam_foreign_affairs.package import Package, PackageError

from .conftest import ROOT, kinds
from .hostile import PAYLOADS

sys.path.insert(0, str(ROOT / "docs" / "hooks"))
from vfa_site import escape
from vfa_site.model import Model

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset"}
ALLOWED = {"", "http", "https", "mailto"}
# Elements that no page of this site has: those of the payloads, and others that load or run.
FOREIGN = {"style", "b", "iframe", "object", "embed", "base", "frame", "applet", "math", "video"}
RESULT = re.compile(r"(?<![0-9a-z.,])1337(?![0-9a-z.,])")  # of 7 * 191, and no part of a digest
PICTURES = "http://www.w3.org/2000/svg"


class _Audit(HTMLParser):
    """What a page holds that could run."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.words: list[str] = []
        self.inline: str | None = None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in FOREIGN:
            self.found.append(f"<{tag}>")
        if tag == "img":
            self.found.append(f"<img {attrs}>")
        if tag == "script" and "src" not in values:
            self.inline = values.get("type", "")
            if self.inline not in ("application/json", "application/ld+json"):
                self.found.append("an inline script")
        for name, value in attrs:
            if name.startswith("on") or (name in ("style", "srcdoc") and "window.ran" in value):
                self.found.append(f"{tag} {name}={value}")
            if name in ADDRESSES and _scheme(value or "") not in ALLOWED:
                self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag):
        if tag == "script":
            self.inline = None

    def handle_data(self, data):
        if self.inline is None:
            self.words.append(data)
        elif self.inline:
            json.loads(data)
            if re.search(r"<!--|</?script", data, re.I):
                self.found.append(f"in a script: {data[:200]}")


def _scheme(address: str) -> str:
    """As a browser finds it: blanks and controls do not count."""
    address = re.sub(r"[\x00-\x20]", "", address)
    return address.split(":")[0].lower() if re.match(r"[a-zA-Z][\w+.-]*:", address) else ""


@pytest.fixture(scope="module")
def audits(hostile_checkout) -> dict[str, _Audit]:
    found = {}
    for path in sorted((hostile_checkout / "site").rglob("*.html")):
        audit = _Audit()
        audit.feed(path.read_text(encoding="utf-8"))
        audit.close()
        found[path.relative_to(hostile_checkout / "site").as_posix()] = audit
    return found


def test_no_value_is_run_as_a_template(hostile_checkout, audits):
    assert not hostile_checkout.with_name("hostile-mark").exists()
    assert len(audits) > 300
    ran = [path for path, audit in audits.items() if RESULT.search("".join(audit.words))]
    assert not ran


def test_no_page_holds_markup_attributes_or_addresses_of_a_value(audits):
    # The codebook stands alone, so it has a style sheet of its own: that one and no other.
    own = {"release/codebook.html": ["<style>"]}
    wrong = {
        path: audit.found[:3] for path, audit in audits.items() if audit.found != own.get(path, [])
    }
    assert not wrong


@pytest.mark.parametrize(
    "page", ["tables/discrepancies", "reconciliation", "vi/reconciliation", "changelog"]
)
def test_values_are_shown_as_they_are(audits, page):
    words = re.sub(r"\s+", " ", "".join(audits[f"{page}/index.html"].words))
    for sign in (
        "cycler.__init__.__globals__.os.system('touch",
        "<script>(window.ran=1,alert(1))</script>",
        "<img src=x onerror=(window.ran=1,alert(1))>",
        "&lt;script&gt;" if page != "changelog" else "<script>",
    ):
        assert sign in words


def test_titles_in_the_head_are_whole(audits, hostile_checkout):
    descriptor = json.loads((hostile_checkout / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        path = hostile_checkout / "site" / "tables" / resource["name"] / "index.html"
        head = path.read_text(encoding="utf-8").split("</head>")[0]
        parser = _Head()
        parser.feed(head)
        assert _visible(parser.title).startswith(_visible(resource["title"]))
        assert _visible(parser.meta["description"]) == _visible(resource["description"])


class _Head(HTMLParser):
    def __init__(self):
        super().__init__()
        self.meta, self.title, self._in = {}, "", False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._in = tag == "title"
        if tag == "meta" and "name" in values:
            self.meta[values["name"]] = values["content"]

    def handle_endtag(self, tag):
        self._in = False

    def handle_data(self, data):
        self.title += data if self._in else ""


def _visible(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


def test_search_index_holds_words_and_plain_tags(hostile_checkout):
    text = (hostile_checkout / "site/search/search_index.json").read_text(encoding="utf-8")
    for doc in json.loads(text)["docs"]:
        html = doc["title"] + doc["text"]
        tags = set(re.findall(r"<[^>]*>?", html)) - {"<small>", "</small>"}
        assert all(re.fullmatch(r"</?(p|pre|code|ol|ul|li|sub|sup)>", tag) for tag in tags), tags


def test_policy_allows_no_inline_script(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if "release" in path.relative_to(site).parts:  # a file to carry away, no page: no script
            assert "<script" not in text.lower()
            continue
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
        rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
        assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(rules["script-src"].split())
        assert rules["object-src"] == "'none'"
        assert "default-src 'self'" in policy


def _open_everything(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.evaluate(
        """() => document.querySelectorAll('main *').forEach((element) => {
            for (const kind of ['mouseover', 'mouseenter', 'focus'])
                element.dispatchEvent(new Event(kind));
        })"""
    )


@pytest.mark.parametrize("bypass", [False, True], ids=["policy", "no-policy"])
def test_nothing_runs_in_a_browser(visit_hostile, bypass):
    """With the policy nothing is even refused by it; without it nothing runs."""
    wrong = []
    with visit_hostile(bypass_csp=bypass) as visitor:
        page = visitor.page
        page.on("dialog", lambda dialog: (wrong.append(f"dialog {page.url}"), dialog.dismiss()))
        for path in [*kinds(), "changelog/", "glossary/", "citing/", "tables/discrepancies/"]:
            visitor.go(path)
            page.wait_for_selector("html.js")
            _open_everything(page)
            more = page.get_by_role("button", name="Next rows")
            if more.count():  # all rows are fetched; those of one page more are set in
                more.click()
                page.locator(".rows-part").wait_for(state="hidden")
                _open_everything(page)
            page.wait_for_timeout(20)
            if page.evaluate("window.ran"):
                wrong.append(f"ran: {path}")
            links = page.locator("a").evaluate_all(
                "(all) => all.map((a) => a.href.baseVal ?? a.href).filter(Boolean)"
            )
            bad = [href for href in links if _scheme(href) not in ALLOWED]
            wrong += [f"{path}: {href}" for href in bad[:3]]
            wrong += [f"{path}: {problem}" for problem in visitor.problems]
            wrong += [f"{path}: asks {address}" for address in visitor.elsewhere]
    assert not wrong, "\n".join(wrong[:20])


def test_nothing_runs_in_what_is_found(visit_hostile):
    with visit_hostile(bypass_csp=True) as visitor:
        page = visitor.go("")
        dialogs = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.get_by_role("textbox", name="Search").click()
        for words in ("onerror", "script", "img", "partnership"):
            page.get_by_role("textbox", name="Search").fill(words)
            page.wait_for_selector(".md-search-result__link")
            page.wait_for_timeout(300)
            assert page.locator(".md-search-result :is(img, svg[onload], script)").count() == 0
        assert not page.evaluate("window.ran")
        assert not dialogs
        assert not visitor.problems


def test_console_shows_values_as_text(visit_hostile):
    with visit_hostile(bypass_csp=True) as visitor:
        page = visitor.go("console/#q=FROM%20discrepancies")
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        assert "<script>" in page.locator(".console-result").inner_text()
        assert page.locator(".console-result :is(img, script, svg)").count() == 0
        assert not page.evaluate("window.ran")


def test_templates_set_values_only_where_they_are_escaped_for():
    """`link()` makes links and looks at their scheme; no filter says that a value is safe."""
    wrong = []
    for path in sorted((ROOT / "docs").rglob("*.j2")) + sorted((ROOT / "docs").glob("**/*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            href = re.search(r"""(href|src|action)=["']?\{\{(?! *(root|home|console\())""", line)
            link = re.search(r"\]\(\{\{(?![^}]*\| (address|name|path) )", line)
            if href or link or re.search(r"\|\s*safe\b|autoescape", line):
                wrong.append(f"{path.name}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_client_scripts_make_no_markup_of_text():
    for path in (ROOT / "docs" / "assets" / "js").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(homepage="javascript:alert(1)"), "is not a web address"),
        (lambda d: d.update(id='https://x.example/"onclick="alert(1)'), "is not a web address"),
        (lambda d: d["licenses"][0].update(path="data:text/html,x"), "is not a web address"),
        (lambda d: d["resources"][0].update(name="../../x"), "is not a name"),
        (lambda d: d["resources"][0].update(path="tables/x.html"), "not tables/sources.csv"),
        (lambda d: d["resources"][0].update(schema="../x.json"), "not schemas/sources.json"),
    ],
)
def test_what_addresses_and_paths_are_made_of_is_plain(workbook, change, words):
    path = workbook.root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(PackageError, match=words):
        Model(Package(workbook.root))


def test_a_link_out_of_the_package_is_not_published(workbook, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    model = Model(Package(workbook.root))
    (workbook.root / "CHANGELOG.md").symlink_to(secret)
    with pytest.raises(PackageError, match="is not a file of the package"):
        model.file("CHANGELOG.md")


def test_no_row_takes_the_place_of_an_element_of_the_theme():
    """A row named so would come before the settings that the theme's script reads."""
    with pytest.raises(PackageError, match="cannot be the id of a row"):
        escape.anchor("__config")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_code_block_ends_where_its_value_ends(payload):
    text = f"{escape.block(payload + '```` x', 'sql')}\n\nend"
    html = markdown(text, extensions=["pymdownx.superfences", "attr_list"])
    assert html.endswith("<p>end</p>")
    assert not re.search(r"<(script|img|svg|a)\b", html)

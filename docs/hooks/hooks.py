"""MkDocs hooks: generated pages, fragments, charts, search, languages.

MkDocs calls the functions below; what they do is in the package `vfa_site` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from vfa_site import changelog, languages, search, structured_data, tables, vendor
from vfa_site.languages import language_of
from vfa_site.messages import LANGUAGES
from vfa_site.site import Site

from vietnam_foreign_affairs import documentation
from vietnam_foreign_affairs.package import PackageError

DOCS = Path(__file__).resolve().parents[1]
_site: Site | None = None
_navigations: languages.Navigations | None = None
_serving = False


def on_startup(command: str, dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the package once a build; complete the navigation, in every language."""
    global _site
    vendor.check(DOCS / "assets" / "vendor")
    with _told():
        _site = Site(DOCS)
    for item in config.nav or []:
        for children in item.values():
            if isinstance(children, list) and "tables/index.md" in children:
                children += tables.navigation(_site.model)
    nav = list(config.nav or [])
    with _told():
        others = [{lang: languages.nav_of(nav, lang, _site.pages)} for lang in LANGUAGES[1:]]
    config.nav = nav + others
    config.site_url = config.site_url or _site.model.descriptor["homepage"]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add generated pages, CSV files, charts' data and what the console loads."""
    for uri, content in site().generated.items():
        files.append(File.generated(config, uri, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    global _navigations
    _navigations = languages.Navigations(nav)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    uri = page.file.src_uri
    lang = page.meta["lang"] = language_of(uri)  # the theme asks for it
    if page.file.generated_by is None:
        markdown = site().by_hand(markdown, lang)
    markdown = languages.linked(markdown, uri, site().pages)
    return site().with_links(markdown, root_of(page), lang)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri == changelog.PAGE:
        text = site().model.file("CHANGELOG.md").decode("utf-8")
        html, page.toc = changelog.render(text, config)
        return html
    with _told():
        return site().filled(html, root_of(page), language_of(page.file.src_uri))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """The theme escapes what it prints; only what was made as HTML stays HTML."""
    env.autoescape = True
    env.filters["html"] = Markup
    env.globals["editions"] = partial(languages.editions, pages=site().pages)
    env.globals["scripts_inline"] = _serving
    return env


@event_priority(-100)  # behind the search, which reads and changes the content
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    lang = language_of(page.file.src_uri)
    with _told():
        filled = site().filled(page.content or "", root_of(page), lang, is_last=True)
    page.content = Markup(filled)
    _plain(page.toc)
    context["structured_data"] = structured_data.of_page(site().release, page.file.src_uri)
    if _navigations is None:
        raise RuntimeError("on_nav has not run")
    return _navigations.localise(context, page, site().pages)


def _plain(headings: Iterable[AnchorLink]) -> None:
    """Headings in the margin come as HTML without tags; the theme gets text."""
    for heading in headings:
        heading.title = unescape(heading.title)
        _plain(heading.children)


@event_priority(-100)  # behind the search, which writes its index
def on_post_build(config: MkDocsConfig) -> None:
    target = Path(config.site_dir)
    search.complete(target, site().model)
    search.wait_for_reader(target)
    search.put_names_first(target)
    search.divide(target)
    for name in ("hooks", "templates"):
        if (target / name).exists():
            raise RuntimeError(f"{name}/ was published; see exclude_docs in mkdocs.yml")
    with _told():
        site().release.write(target)
    documentation.write_sums(target)


def site() -> Site:
    if _site is None:
        raise RuntimeError("on_config has not run")
    return _site


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a package is a sentence that ends the build."""
    try:
        yield
    except PackageError as error:
        raise PluginError(str(error)) from None
    except duckdb.Error as error:
        raise PluginError(f"the data do not load: {error}; run vfa validate") from None


def root_of(page: Page) -> str:
    """The relative path from a page to the site's root: '../../' for tables/x/."""
    depth = len(re.findall("/", page.url or ""))
    return "../" * depth if depth else "./"

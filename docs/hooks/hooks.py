"""MkDocs hooks: generated pages, fragments, charts, search, languages.

MkDocs calls the functions below; what they do is in the package `vfa_site` beside this file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from vfa_site import languages, search, structured_data, vendor
from vfa_site.site import Site

DOCS = Path(__file__).resolve().parents[1]
_site: Site | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the package once a build; list the generated tables in the navigation."""
    global _site
    vendor.check(DOCS / "assets" / "vendor")
    _site = Site(DOCS)
    for item in config.nav or []:
        for children in item.values():
            if isinstance(children, list) and "tables/index.md" in children:
                children += [f"tables/{name}.md" for name in _site.model.tables]
    config.site_url = config.site_url or _site.model.descriptor["homepage"]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add generated pages, CSV files, charts' data and what the console loads."""
    for uri, content in site().generated().items():
        files.append(File.generated(config, uri, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    return languages.split(nav)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return site().markdown(markdown, page.file.src_uri, root_of(page), page.meta.get("lang", "en"))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return site().renderer.fill(html, root_of(page), page.meta.get("lang", "en"))


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    context["structured_data"] = structured_data.of_page(site().model, page.file.src_uri, config)
    return languages.localise(context, page, nav)


def on_post_build(config: MkDocsConfig) -> None:
    target = Path(config.site_dir)
    search.complete(target, site().model)
    search.wait_for_reader(target)
    for name in ("hooks", "templates"):
        if (target / name).exists():
            raise RuntimeError(f"{name}/ was published; see exclude_docs in mkdocs.yml")


def site() -> Site:
    if _site is None:
        raise RuntimeError("on_config has not run")
    return _site


def root_of(page: Page) -> str:
    """The relative path from a page to the site's root: '../../' for tables/x/."""
    depth = len(re.findall("/", page.url or ""))
    return "../" * depth if depth else "./"

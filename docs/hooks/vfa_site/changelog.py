"""The changelog: Markdown that comes with the package, so without HTML, attributes and schemes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import TableOfContents, get_toc

from .escape import leads

PAGE = "changelog.md"


def render(text: str, config: MkDocsConfig) -> tuple[Markup, TableOfContents]:
    """The page, and its headings as the theme lists them."""
    md = Markdown(extensions=["toc", "tables", Plain()], extension_configs=config.mdx_configs)
    return Markup(md.convert(text)), get_toc(md.toc_tokens)


class Plain(Extension):
    """HTML is text, a link leads to the web or nowhere, a picture is its words."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        for images in ("image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(images)
        md.treeprocessors.register(_Links(md), "vfa_links", 1)


class _Links(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            if not leads(element.get("href", "")):
                element.attrib.pop("href", None)

"""How to cite the package, from the descriptor."""

from __future__ import annotations

from .package import Package, PackageError


def cite(pkg: Package, style: str = "text") -> str:
    """A citation as `text` or `bibtex`. Raises `PackageError` for another style."""
    d = pkg.descriptor
    author = "; ".join(person["title"] for person in d["contributors"])
    year, version, url = d["created"][:4], d["version"], d["homepage"]
    if style == "text":
        title = f"{d['title']}: {d['subtitle']}"
        return f"{author} ({year}). {title} (version {version}) [Data set]. {url}"
    if style == "bibtex":
        return (
            f"@misc{{{d['name'].replace('-', '_')}_{year},\n"
            f"  author  = {{{{{author}}}}},\n"
            f"  title   = {{{{{d['title']}: {d['subtitle']}}}}},\n"
            f"  year    = {{{year}}},\n"
            f"  version = {{{version}}},\n"
            f"  url     = {{{url}}}\n}}"
        )
    raise PackageError(f"there is no citation style {style!r}; use text or bibtex")

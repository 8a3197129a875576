# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogues of translations (gettext), kept complete without the system's gettext programs.

``python -m vaxel.site.translations`` tells what is missing; ``--update`` writes the texts found in the code into the catalogues.
English is what stands in the code. ``vaxel.site.catalogues`` compiles them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from vaxel.site.catalogues import LOCALE

PACKAGE = LOCALE.parent
LANGUAGES = ("sv", "nb", "da")

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_QUOTES = {"sv": "””", "nb": "«»", "da": "»«"}
_FIELDS = re.compile(r"\{\w*\}")
# They tell of tools, people and times that the version control knows better, and would differ at each update.
_IDLE_HEADERS = (
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
_HEADER = "# SPDX-FileCopyrightText: 2026 The Vaxel contributors\n# SPDX-License-Identifier: EUPL-1.2"


def check() -> list[str]:
    """What is wrong with the catalogues, a line each: texts not translated, translations whose placeholders or quotation
    marks differ."""
    texts = in_code()
    return [line for language in LANGUAGES for line in _check(language, texts)]


def _check(language: str, texts: Catalog) -> Iterator[str]:
    catalogue = _read(language)
    for text in texts:
        if not text.id:
            continue
        known = catalogue.get(text.id, text.context)
        if known is None or known.fuzzy or not _complete(known.string):
            yield f"{language}: not translated: {text.id!r} ({_places(text.locations)})"
            continue
        for error in [
            *known.check(catalogue),
            *_field_errors(known.id, known.string),
            *_quoting(language, known.string),
        ]:
            yield f"{language}: {text.id!r}: {error}"


def _complete(translation: object) -> bool:
    """A text with several forms (one, many) has a translation for each."""
    forms = translation if isinstance(translation, list | tuple) else [translation]
    return all(forms)


def _field_errors(source: object, translation: object) -> Iterator[str]:
    """What is wrong with ``{names}`` in braces, which Babel doesn't look at."""
    if isinstance(source, str) and isinstance(translation, str):
        missing = sorted(set(_FIELDS.findall(source)) ^ set(_FIELDS.findall(translation)))
        if missing:
            yield f"differs in {', '.join(missing)}"


def _quoting(language: str, translation: object) -> Iterator[str]:
    """One pair of quotation marks a language: who hears or reads many pages isn't to wonder what another would mean."""
    for form in translation if isinstance(translation, list | tuple) else [translation]:
        marks = "".join(re.findall("[“”„«»]", str(form)))
        if marks != _QUOTES[language] * (len(marks) // 2):
            yield f"quotes otherwise than {_QUOTES[language]}"


def _places(locations: list[tuple[str, int]]) -> str:
    return ", ".join(f"{file}:{line}" for file, line in locations[:2])


def update() -> None:
    """Bring the texts of the code into the catalogues; translations of texts that are gone are dropped."""
    texts = in_code()
    for language in LANGUAGES:
        catalogue = _read(language)
        catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        _write(language, catalogue)


def in_code() -> Catalog:
    """Every text in the package that is to be translated, with where it stands."""
    catalogue = Catalog(domain="django", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if "node_modules" in path.parts or path.suffix not in (".py", ".html"):
            continue
        where = path.relative_to(PACKAGE.parent).as_posix()
        for line, message, _comments, context in extract("python", _as_python(path), keywords=_KEYWORDS):
            catalogue.add(message, locations=[(where, line)], context=context)
    for message, where in _of_policies():
        catalogue.add(message, locations=[(where, 1)])
    return catalogue


def _of_policies() -> Iterator[tuple[str, str]]:
    """Sentences that are no calls of gettext: the meaning of each control, in its parameters' docstring; what is missing for some."""
    for path in sorted((PACKAGE / "policy" / "parameters").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield (ast.get_docstring(node) or "").partition("\n")[0], f"vaxel/policy/parameters/{path.name}"
    from vaxel.policy.missing import missing

    for entry in missing().values():
        yield entry.what, "policies/missing.toml"


def _as_python(path: Path) -> BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        # Only the calls are left of a template. Indentation, which means nothing there, would be an error here.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return BytesIO(text.encode())


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, domain="django", header_comment=_HEADER, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def _write(language: str, catalogue: Catalog) -> None:
    catalogue.project, catalogue.version, catalogue.header_comment = "Vaxel", "", _HEADER
    written = BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, no_location=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in _IDLE_HEADERS))))


def main(arguments: list[str]) -> int:
    """Exit code 1 when something is wrong."""
    if arguments == ["--update"]:
        update()
    wrong = check()
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

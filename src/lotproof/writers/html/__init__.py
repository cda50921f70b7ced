"""
HTML: one file that needs nothing else, for reading on a screen or a phone and for printing.

It holds no script and loads nothing, and its content security policy says so. Every text goes through
:func:`lotproof.writers.xml.escape`, so that the page is well-formed XML besides.
"""

from __future__ import annotations

import base64
import hashlib

from lotproof.documents.nodes import Document
from lotproof.writers.html.body import body
from lotproof.writers.html.style import style
from lotproof.writers.html.text import Texts
from lotproof.writers.numbered import language_tag
from lotproof.writers.xml import attribute, escape

DATA_ID = "lotproof-order"
"""The id of the element that holds the order's data, as JSON."""


def write(document: Document) -> bytes:
    """Return the document as an HTML page in UTF-8: the same bytes for the same document."""
    texts = Texts(document)
    css = style(document)
    title = f"{texts.plain(document.title)} {document.number}"
    main = body(document, texts)
    draft = f'<div class="draft" aria-hidden="true">{texts.shown(document.labels["draft"])}</div>\n'
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{language_tag(document.languages[0])}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content={attribute(_policy(css))}/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<meta name="generator" content="lotproof"/>\n<meta name="lotproof.kind" content={attribute(document.kind)}/>\n'
        f'<meta name="lotproof.number" content={attribute(document.number)}/>\n<meta name="lotproof.digest" content={attribute(document.digest)}/>\n'
        f'<meta name="lotproof.status" content="{"draft" if document.draft else "final"}"/>\n'
        f"<title>{escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f"{draft if document.draft else ''}{main}\n"
        f'<script type="application/json" id="{DATA_ID}">{_data("".join(document.data))}</script>\n</body>\n</html>\n'
    ).encode()


def _policy(css: str) -> str:
    """Return a policy under which nothing is loaded, run or sent, and no other style applies."""
    known = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"


def _data(data: str) -> str:
    """Return JSON that holds no markup: in JSON these characters stand in strings alone, where an escape says the same."""
    for character in "&<>\u2028\u2029":
        data = data.replace(character, f"\\u{ord(character):04x}")
    return data

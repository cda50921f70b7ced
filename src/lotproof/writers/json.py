"""The document's own tree as JSON, for programs that lay it out themselves."""

from __future__ import annotations

import json

from lotproof.documents.nodes import Document
from lotproof.orders.digests import encode


def write(document: Document) -> bytes:
    """Return the document as UTF-8 JSON; each block names its role under ``role``."""
    blocks = [{"role": type(block).__name__.lower(), **encode(block)} for block in document.blocks]
    data = {
        "format": "lotproof-document/1",
        "kind": document.kind,
        "number": document.number,
        "digest": document.digest,
        "draft": document.draft,
        "languages": list(document.languages),
        "title": encode(document.title),
        "blocks": blocks,
        "data": json.loads("".join(document.data)),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

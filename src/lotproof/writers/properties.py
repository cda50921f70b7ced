"""Properties of an Office file: title, date and language, and those of our own."""

from __future__ import annotations

from collections.abc import Mapping

from lotproof.writers.numbered import language_tag
from lotproof.writers.xml import DECLARATION, attribute, escape

UNDATED = "2000-01-01"
"""The date of a file whose document has none."""


def core(title: str, date: str, language: str) -> str:
    """
    Return ``docProps/core.xml``.

    Args:
        date: ISO 8601, as created and as modified; :data:`UNDATED` if empty.
        language: ``en`` or ``zh``.
    """
    date = date or UNDATED
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:title>{escape(title)}</dc:title><dc:creator>lotproof</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>'
        f'<dc:language>{language_tag(language)}</dc:language><dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def custom(properties: Mapping[str, str]) -> str:
    """Return ``docProps/custom.xml`` with text properties in their order."""
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name={attribute(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )

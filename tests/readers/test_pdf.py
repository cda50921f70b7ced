"""The text of a PDF is read line by line; a scan, a damaged and an encrypted file are refused kindly."""

from __future__ import annotations

import pytest

from lotproof.findings import Refused
from lotproof.readers import read
from lotproof.readers.places import where


def pdf(*pages: list[str], extra: str = "", trailer: str = "") -> bytes:
    """Return a PDF with lines of text, a list for each page."""
    streams = []
    for lines in pages:
        rows = " T* ".join(f"({line}) Tj" for line in lines)
        streams.append(f"BT /F1 11 Tf 50 780 Td 14 TL {rows} ET" if lines else "")
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    if extra:
        objects.append(extra)
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    rest = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + rest.encode()


def code(content: bytes) -> str:
    """Return the code with which a PDF is refused."""
    with pytest.raises(Refused) as refused:
        read(content, "contract.pdf")
    return refused.value.findings[0].code


def test_lines_are_joined_and_found_by_page_and_line() -> None:
    found = read(
        pdf(["Contract"], ["4.2 The goods shall be of a quality that everybody", "finds good, at the buyer."]), "c.pdf"
    ).passages
    assert [p.text.split("\n")[0] for p in found] == ["Contract", "4.2 The goods shall be of a quality that everybody"]
    assert where(found[1], found[1].text.index("good,")) == "page 2, clause 4.2, line 2"


def test_a_running_head_comes_once() -> None:
    found = read(
        pdf(*(["Contract no. 7", f"Text of page {n} alone", "x", "y", "z", f"Page {n}"] for n in range(1, 6))), "c.pdf"
    ).passages
    assert [p.text for p in found if "Contract no" in p.text] == ["Contract no. 7"]


def test_a_scan_is_refused_with_what_to_do() -> None:
    assert code(pdf([], [])) == "LP509"


def test_a_page_without_text_among_others_is_counted() -> None:
    assert read(pdf(["Text"], []), "c.pdf").unread == (("page without text", 1),)


def test_a_damaged_pdf_is_refused() -> None:
    assert code(b"%PDF-1.7\nnothing") == "LP501"


def test_an_encrypted_pdf_is_refused() -> None:
    key = "(" + "a" * 32 + ")"
    lock = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>"
    assert code(pdf(["secret"], extra=lock, trailer=f"/Encrypt 6 0 R /ID [{key} {key}]")) == "LP502"

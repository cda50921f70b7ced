"""The style of a page: one for all documents, besides the widths of columns and the turn of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lotproof.documents.nodes import Document, Table

if TYPE_CHECKING:
    from lotproof.looks.model import Look

INK, MUTED, RULE, SHADE, WARN = "#1f2933", "#52606d", "#9aa5b1", "#edf1f5", "#9b1c1c"


def style(document: Document) -> str:
    """Return the style sheet."""
    widths = set()
    for block in document.blocks:
        if isinstance(block, Table):
            total = sum(column.width for column in block.columns)
            widths |= {column.width * 1000 // total for column in block.columns}
    columns = "".join(f".w{width}{{width:{width / 10:g}%}}" for width in sorted(widths))
    page = f"@page{{size:A4{' landscape' if document.landscape else ''};margin:18mm 17mm 16mm}}"
    looked = _looked(document.look) if document.look is not None else ""
    return f"{_STYLE}{looked}{columns}.clause{{--languages:{len(document.languages)}}}{page}{_NARROW}{_PRINT}".replace(
        "\n", ""
    )


def _looked(look: Look) -> str:
    """Return what a look changes: colours, fonts and the size of the text; names of fonts hold no quotes (:mod:`lotproof.looks.values`)."""
    from lotproof.looks.palette import palette

    said = palette(look)

    def family(fonts: tuple[str, str], otherwise: str) -> str:
        return ",".join((*(f'"{font}"' for font in fonts if font), otherwise))

    body, heads = family(said.fonts, "serif"), family(said.heads, "sans-serif")
    size = f"font-size:{said.size / 21:.3g}rem;" if said.size else ""
    aligned = "" if said.centred else "h1,.subtitle,.status,.warning{text-align:left}"
    return (
        f":root{{--ink:#{said.ink};--muted:#{said.muted};--shade:#{said.shade}}}body,:lang(zh){{font-family:{body}}}body{{{size}}}"
        f"h1,h2,h3,thead th,caption,nav,.no,:is(h1,h2,h3,thead th,caption,nav) :lang(zh){{font-family:{heads}}}"
        f"h1{{color:#{said.title}}}h2,caption{{color:#{said.heading}}}.table thead th{{color:#{said.head}}}{aligned}"
        f"nav{{background:none;border:1px solid var(--rule)}}:target,.table tbody th{{background:none}}"
    )


_STYLE = f"""
:root{{color-scheme:light;--ink:{INK};--muted:{MUTED};--rule:{RULE};--shade:{SHADE}}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:72rem;background:#fff;color:var(--ink);
font:400 1rem/1.5 "Times New Roman","Liberation Serif","Noto Serif CJK SC","Songti SC",SimSun,serif;overflow-wrap:break-word}}
:lang(zh){{font-family:"Liberation Serif","Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif}}
h1,h2,h3,thead th,caption,nav,.no,:is(h1,h2,h3,thead th,caption,nav) :lang(zh){{font-family:Arial,"Liberation Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}}
thead th span{{display:block}}
h1{{margin:0 0 .5rem;text-align:center;font-size:1.6rem;line-height:1.25}}
h2{{margin:1.75rem 0 .5rem;font-size:1.05rem;line-height:1.35}}
h3{{margin:0 0 .25rem;font-size:.9rem}}
h1 span+span,h2.exhibit span+span,h2.single span+span+span,caption span+span,nav h2 span+span,.status span+span,footer span span+span,.sign span+span,.chop span+span,h3 span+span{{margin-left:.5em}}
p{{margin:0 0 .5rem}}
a{{color:inherit;text-decoration-color:var(--rule);text-underline-offset:.15em}}
a:focus-visible{{outline:2px solid var(--ink);outline-offset:2px}}
.status{{color:{WARN};font-weight:700;text-align:center}}
.subtitle{{color:var(--muted);text-align:center;margin-bottom:.25rem}}
.warning{{color:{WARN};font-weight:700;text-align:center}}
.note{{color:var(--muted);font-size:.9rem;margin:.75rem 0 .25rem}}
.note+.note{{margin-top:0}}
.clause{{display:grid;grid-template-columns:3rem repeat(var(--languages),minmax(0,1fr));column-gap:1.25rem}}
.clause .no{{font-variant-numeric:tabular-nums;font-size:.9em}}
.clause.single{{grid-template-columns:3rem minmax(0,1fr)}}
h2.clause.single{{display:block}}
h2.single .no{{display:inline-block;width:3rem}}
h2.exhibit{{font-size:1.3rem;margin-top:3rem;padding-top:1rem;border-top:1px solid var(--rule)}}
:target{{background:var(--shade)}}
nav{{margin:1.5rem 0;padding:.75rem 1rem;background:var(--shade);font-size:.9rem}}
nav ol{{margin:0;padding:0;list-style:none;columns:24rem 2;column-gap:2rem}}
nav h2{{margin:0 0 .5rem;font-size:.95rem}}
nav li{{break-inside:avoid;padding:.15rem 0}}
nav a{{text-decoration:none;display:block}}
nav a:hover{{text-decoration:underline}}
nav .no{{display:inline-block;min-width:2rem;margin-right:.5rem;color:var(--muted)}}
nav .letter{{min-width:8.5rem}}
nav span+span+span{{margin-left:.6em;color:var(--muted)}}
.table{{width:100%;table-layout:fixed;border-collapse:collapse;margin:.75rem 0 1.25rem;font-size:.875rem;line-height:1.4}}
caption{{text-align:left;font-weight:700;padding-bottom:.3rem;font-size:.875rem}}
.hidden{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.table th,.table td{{border:1px solid var(--rule);padding:.35rem .5rem;text-align:left;vertical-align:top;font-weight:400}}
.table thead th{{background:var(--shade);font-weight:700;font-size:.8rem;vertical-align:bottom}}
.table tbody th{{font-family:inherit}}
.table .right{{text-align:right;font-variant-numeric:tabular-nums}}
.table .above>:not([rowspan]){{border-bottom:0}}
.table .list td{{border-top:0;padding-top:0}}
.strong{{font-weight:700}}
.muted{{color:var(--muted);font-size:.92em}}
.id{{color:var(--muted);font:.72em/1.4 ui-monospace,Consolas,"Liberation Mono",monospace;word-break:break-all}}
td div+div[lang],th div+div[lang]{{margin-top:.1rem}}
.blank{{background:#fff2a8;font-weight:700}}
.line{{display:inline-block;min-width:6rem;width:100%;height:1.5em;border-bottom:1px solid var(--ink);vertical-align:bottom}}
.box{{display:inline-block;width:.95em;height:.95em;border:1px solid var(--ink);margin-right:.4em;vertical-align:-.1em}}
.choice{{display:inline-block;margin:0 1rem .25rem 0}}
.choice span+span{{margin-left:.35em}}
[data-room]::after{{content:attr(data-room);visibility:hidden}}
.pictures{{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.75rem;margin:.75rem 0}}
.pictures figure{{margin:0;break-inside:avoid}}
.pictures img{{max-width:100%;max-height:20rem}}
.readings{{display:grid;grid-template-columns:repeat(auto-fill,minmax(5.5rem,1fr));gap:.25rem .75rem}}
.reading{{display:flex;align-items:flex-end;gap:.25rem}}
.reading .label{{color:var(--muted);font-size:.85em}}
.reading .line{{min-width:2.5rem;flex:1}}
.signatures{{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1.25rem;margin:1.5rem 0}}
.signatures section{{border:1px solid var(--rule);padding:.75rem}}
.name{{display:block;min-height:1.5em}}
.execute{{display:grid;grid-template-columns:1fr 45mm;gap:.75rem}}
.sign{{height:15mm;display:flex;flex-direction:column;justify-content:space-between;color:var(--muted);font-size:.85rem}}
.rule{{border-bottom:1px solid var(--ink)}}
.chop{{height:45mm;border:1px dashed var(--rule);padding:.35rem;color:var(--muted);font-size:.85rem}}
footer{{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--rule);color:var(--muted);font-size:.85rem;display:flex;flex-wrap:wrap;gap:.25rem 2rem}}
code{{font:.9em ui-monospace,Consolas,"Liberation Mono",monospace;word-break:break-all}}
.draft{{position:fixed;inset:0;display:grid;place-items:center;pointer-events:none;z-index:1;overflow:hidden;
font:700 clamp(4rem,16vw,11rem)/1.1 Arial,"Liberation Sans","Noto Sans CJK SC",sans-serif;color:rgba(155,28,28,.09);white-space:nowrap}}
.draft span{{grid-area:1/1;transform:rotate(-35deg)}}
.draft span+span{{transform:rotate(-35deg) translateY(1.1em)}}
"""

_NARROW = """
@media screen and (max-width:45rem){
body{padding:1rem .9rem 2rem}
.clause{grid-template-columns:2.6rem minmax(0,1fr);column-gap:.5rem}
.clause>:not(.no){grid-column:2}
.clause>:not(.no)[lang]{color:#323f4b}
.table,.table tbody,.table tr,.table td,.table tbody th{display:block;width:auto}
.table colgroup{display:none}
.table thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.table tr{border:1px solid var(--rule);margin-bottom:.75rem;padding:.25rem 0}
.table tr.above{border-bottom:0;margin-bottom:0}
.table tr.list{border-top:0}
.table td,.table tbody th{border:0;padding:.25rem .6rem}
.table .right{text-align:left}
.table [data-label]::before{content:attr(data-label);display:block;color:var(--muted);font:600 .75rem/1.3 Arial,sans-serif}
.table .empty{display:none}
.table tbody th{background:var(--shade)}
.execute{grid-template-columns:1fr}
}
"""

_PRINT = """
@media print{
body{max-width:none;padding:0;font-size:10pt;line-height:1.35}
nav{background:none;border:1px solid var(--rule)}
.table{font-size:8pt}
.table thead{display:table-header-group}
tr,.above+.list,.signatures,.choice,.reading{break-inside:avoid}
h1,h2,.note,.above{break-after:avoid}
p{orphans:2;widows:2}
h2.part,h2.exhibit{break-before:page}
h2.exhibit{border:0;margin-top:0;padding-top:0}
a{text-decoration:none}
.draft{font-size:90pt}
}
"""

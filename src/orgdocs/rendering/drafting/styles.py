"""The styles of a template, by the profile: what HR changes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.language import LOCALES
from orgdocs.rendering.drafting.layout import Layout, to_twips
from orgdocs.rendering.drafting.markup import GUTTER, XMLNS_W
from orgdocs.rendering.drafting.numbering import number_of
from orgdocs.rendering.packages import DECLARATION

if TYPE_CHECKING:
    from orgdocs.profiles import Profile


def draw_styles(profile: Profile, layout: Layout, levels: list[str]) -> str:
    """All styles, with their names in Word."""
    font = profile.data["text"]["font"]
    locale = LOCALES[profile.language]
    size = layout.size
    wide = layout.width > layout.height
    justify = f'<w:jc w:val="{layout.justify}"/>'
    indent = f'<w:ind w:firstLine="{layout.indent}"/>' if layout.indent else ""
    text, small = f"{indent}{justify}", _sized(min(size - 4, 20) - (2 if wide else 0))
    stamp = f'<w:ind w:left="{layout.stamp}"/>'
    bold, centre, left, right = "<w:b/><w:bCs/>", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>', '<w:jc w:val="right"/>'
    top = centre if layout.indent else left
    # Long centred lines break before they reach the margins: the second line is not a single word.
    narrow, narrower = (f'<w:ind w:left="{to_twips(side)}" w:right="{to_twips(side)}"/>' if layout.indent else "" for side in (5, 20))
    clause = f"{number_of(levels, 1)}{_spaced(after=20)}{justify}"
    heading = f"{_KEPT_WHOLE}{number_of(levels, 0)}{_spaced(200, 80)}{top}"
    post = f'<w:keepLines/>{_spaced(200)}<w:ind w:right="{GUTTER}"/>{left}'
    styles = [
        _style("Heading1", "heading 1", f'{heading}<w:outlineLvl w:val="0"/>', bold, following="Clause"),
        _style("Title", "Title", f"<w:keepNext/>{_spaced(300, 60)}{top}", bold + _sized(size + 2)),
        _style("Subtitle", "Subtitle", f"<w:keepNext/>{_spaced(60, 120)}{narrow}{top}", bold),
        _style("BodyText", "Body Text", text),
        _style("Preamble", "Preamble", f"{_spaced(120)}{text}", custom=True),
        _style("Requisite", "Requisite", f"{_spaced(after=60)}{narrower}{top}", custom=True),
        _style("Annex", "Annex", f"{_TIGHT}{stamp}{left}", custom=True),
        _style("StampWord", "Stamp Word", f"<w:keepNext/>{_spaced(240, 60, single=True)}{stamp}{left}", custom=True),
        _style("Stamp", "Stamp", f"<w:keepLines/>{_spaced(after=60, single=True)}{stamp}{left}", custom=True),
        _style("Lead", "Lead", f"<w:keepNext/>{text}", custom=True),
        _style("Clause", "Clause", clause, custom=True),
        _style("Item", "Item", f"{number_of(levels, 2)}{justify}", custom=True),
        _style("Subitem", "Subitem", f"{number_of(levels, 3)}{justify}", custom=True),
        _style("Dash", "Dash", f"{number_of(levels, 4)}{justify}", custom=True),
        _style("SignaturePost", "Signature Post", post, custom=True),
        _style("Signature", "Signature", f"<w:keepLines/>{_spaced(200)}{left}"),
        _style("AgreedWord", "Agreed Word", f"<w:keepNext/>{_spaced(240)}{left}", custom=True),
        _style("Acquaintance", "Acquaintance", f"<w:keepNext/>{_spaced(280, 80)}{left}", custom=True),
        _style("TableHead", "Table Head", f"<w:keepNext/>{_TIGHT}{centre}", bold + small, custom=True),
        _style("TableColumn", "Table Column", f"<w:keepNext/>{_TIGHT}{centre}", small, custom=True),
        _style("TableText", "Table Text", f"{_TIGHT}{left}", small, custom=True),
        _style("TableNumber", "Table Number", f"{_TIGHT}{right}", small, custom=True),
        _style("TableCentre", "Table Centre", f"{_TIGHT}{centre}", small, custom=True),
        _style("TableUnit", "Table Unit", f"<w:keepNext/>{_TIGHT}{centre}", bold + small, custom=True),
        _style("TableTotal", "Table Total", f"{_TIGHT}{left}", bold + small, custom=True),
        _style("TableTotalNumber", "Table Total Number", f"{_TIGHT}{right}", bold + small, custom=True),
        # Word wants a paragraph behind a table: so low that it never needs a page of its own.
        _style("AfterTable", "After Table", '<w:spacing w:line="20" w:lineRule="exact"/>', _sized(2), custom=True),
        _style("Header", "header", centre),
        _style("Footer", "footer", centre),
        _style("RunningHead", "Running Head", f"{_spaced(after=120)}{right}", custom=True),
        _style("Draft", "Draft", f"<w:keepNext/>{_spaced(after=60)}{right}", bold, custom=True),
        _style("Emblem", "Emblem", f"{_spaced(after=120, single=True)}{top}", custom=True),
        _style("Code", "Code", f"{_TIGHT}{right}", custom=True),
        _style(
            "FootLine",
            "Foot Line",
            f'<w:spacing w:before="120" w:line="240" w:lineRule="auto"/><w:contextualSpacing/>{left}',
            _sized(16),
            custom=True,
        ),
    ]
    return (
        f"{DECLARATION}<w:styles {XMLNS_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/><w:color w:val="000000"/>'
        f'{_sized(size)}<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="{layout.line}" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{''.join(styles)}</w:styles>"
    )


_TIGHT = '<w:spacing w:line="240" w:lineRule="auto"/>'
_KEPT_WHOLE = "<w:keepNext/><w:keepLines/>"


def _spaced(before: int = 0, after: int = 0, *, single: bool = False) -> str:
    marks = (f' w:before="{before}"' if before else "") + (f' w:after="{after}"' if after else "")
    return f"<w:spacing{marks}" + (' w:line="240" w:lineRule="auto"/>' if single else "/>")


def _sized(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style(style_id: str, name: str, paragraph: str, run: str = "", *, custom: bool = False, following: str = "") -> str:
    own = ' w:customStyle="1"' if custom else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    runs = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{after}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{runs}</w:style>"
    )

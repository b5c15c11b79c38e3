"""The Word file of a template around its body: styles, numbering, heads and feet, and what Word asks for besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.language import LOCALES
from orgdocs.rendering.drafting.layout import ACROSS, LONG_EDGE, SHORT_EDGE, Layout, to_twips
from orgdocs.rendering.drafting.markup import OFFICE, XMLNS_R, XMLNS_W
from orgdocs.rendering.drafting.numbering import draw_numbering
from orgdocs.rendering.drafting.pages import (
    draw_first_head,
    draw_foot,
    draw_later_head,
    draw_page_of_pages,
    draw_part,
    draw_section_properties,
)
from orgdocs.rendering.drafting.styles import draw_styles
from orgdocs.rendering.packages import DECLARATION, write_package

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.profiles import Profile

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def draft(profile: Profile, levels: list[str], draw: Callable[[Layout], str], *, landscape: bool, annexed: bool) -> bytes:
    """A Word file with the page, styles and numbering of a profile, and the body that ``draw`` makes for its layout."""
    page, text = profile.data["page"], profile.data["text"]
    # A landscape sheet is the portrait one turned: its binding edge lies on top.
    sides = {key: int(page[key]) for key in ("left", "right", "top", "bottom")}
    if landscape:
        sides = {"top": sides["left"], "bottom": sides["right"], "left": sides["bottom"], "right": sides["top"]}
    layout = Layout(
        width=LONG_EDGE if landscape else SHORT_EDGE,
        height=SHORT_EDGE if landscape else LONG_EDGE,
        left=to_twips(sides["left"]), right=to_twips(sides["right"]), top=to_twips(sides["top"]), bottom=to_twips(sides["bottom"]),
        header=to_twips(int(page["header"])),
        stamp=to_twips(int(page["stamp"])) + (to_twips(60) if landscape else 0),
        indent=to_twips(int(text["indent"]) / 10),
        size=min(int(text["size"]) * 2, ACROSS) if landscape else int(text["size"]) * 2,
        line=int(text["line"]) * 240 // 100,
        justify="both" if text["align"] == "justified" else "left",
        tables=profile.data["words"]["tables"],
    )  # fmt: skip
    at_top = page["numbers"] == "top"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relationships(
            {
                "rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"), "rId3": ("settings", "settings.xml"),
                "rId4": ("header", "header1.xml"), "rId5": ("footer", "footer1.xml"), "rId6": ("header", "header2.xml"),
                "rId7": ("footer", "footer2.xml"), "rId8": ("theme", "theme/theme1.xml"), "rId9": ("fontTable", "fontTable.xml"),
            }
        ),
        "word/document.xml": draw(layout),
        "word/styles.xml": draw_styles(profile, layout, levels),
        "word/numbering.xml": draw_numbering(levels, layout),
        "word/settings.xml": _settings(profile.language),
        "word/theme/theme1.xml": _theme(text["font"]),
        "word/fontTable.xml": _font_table(text["font"]),
        "word/header1.xml": draw_part("hdr", draw_later_head(at_top=at_top, annexed=annexed)),
        "word/header2.xml": draw_part("hdr", draw_first_head()),
        "word/footer1.xml": draw_part("ftr", draw_foot("" if at_top else draw_page_of_pages(profile))),
        "word/footer2.xml": draw_part("ftr", draw_foot("" if at_top else draw_page_of_pages(profile), first=True)),
    }  # fmt: skip
    return write_package({name: content.encode() for name, content in parts.items()})


def write_document(body: str, layout: Layout) -> str:
    """The body as a part, with the geometry of the page."""
    return f"{DECLARATION}<w:document {XMLNS_W} {XMLNS_R}><w:body>{body}{draw_section_properties(layout)}</w:body></w:document>"


def _settings(language: str) -> str:
    return (
        f'{DECLARATION}<w:settings {XMLNS_W}><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LOCALES[language]}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table(font: str) -> str:
    family = "swiss" if "Sans" in font else "roman"
    marks = f'<w:charset w:val="CC"/><w:family w:val="{family}"/><w:pitch w:val="variable"/>'
    return f'{DECLARATION}<w:fonts {XMLNS_W}><w:font w:name="{font}">{marks}</w:font></w:fonts>'


def _theme(font: str) -> str:
    """The smallest theme that Word accepts: black and white, one typeface."""
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "000000", "lt2": "FFFFFF", "accent1": "404040", "accent2": "606060", "accent3": "808080",
        "accent4": "A0A0A0", "accent5": "C0C0C0", "accent6": "E0E0E0", "hlink": "0000FF", "folHlink": "800080",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="orgdocs"><a:themeElements>'
        f'<a:clrScheme name="orgdocs">{scheme}</a:clrScheme><a:fontScheme name="orgdocs"><a:majorFont>{face}</a:majorFont>'
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="orgdocs"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _content_types() -> str:
    overrides = {
        "document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings", "header1": "header",
        "header2": "header", "footer1": "footer", "footer2": "footer", "fontTable": "fontTable",
    }  # fmt: skip
    body = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in overrides.items())
    body += '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    body = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items())
    return f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'

"""A content as readable text, for comparing whole papers: every field, in the order of the paper."""

from __future__ import annotations

from orgdocs.contents.content import Body, Content

_MARKS = {"clause": "* ", "item": "    1) ", "subitem": "       + ", "dash": "    – ", "paragraph": "    "}


def render_text(content: Content) -> str:
    """The content as lines; fields that are empty print nothing."""
    body = content.body
    lines = [f"{content.paper} ({content.paper.language}, {content.profile}, {content.effective or 'no date'})", f"title: {body['title']}"]
    lines += ["emblem: {height} mm, {description}, {picture:.8}".format(**body["emblem"])] if body["emblem"]["picture"] else []
    lines += [f"annex: {line}" for line in body["annex_first"]]
    lines += [f"next pages: {body['annex_next']}"] if body["annex_next"] else []
    lines += [f"head: {line}" for line in body["head"]]
    if body["stamp"]["word"]:
        lines += [f"stamp: {line}" for line in (body["stamp"]["word"], *body["stamp"]["lines"])]
    lines += [f"name: {body['name']}", *(f"subject: {line}" for line in body["subject"]), *(f"below: {line}" for line in body["below"])]
    lines += [f"preamble: {line}" for line in body["preamble"]]
    lines += [f"numbering: {body['numbering']}"] if body["numbering"] else []
    lines += _sections(body) + _table(body)
    lines += [f"closing: {line}" for line in body["closing"]]
    lines += [f"signature: {item['post']} | {item['line']}" for item in body["signatures"]]
    lines += [f"{body['agreed_word']}: {item['post']} | {item['line']}" for item in body["agreed"]]
    if body["acquaintance"]:
        lines += [f"acquaintance: {body['acquaintance']} {body['acquaintance_columns']} {len(body['acquaintance_rows'])} rows"]
    return "\n".join(lines)


def _sections(body: Body) -> list[str]:
    lines = []
    for section in body["sections"]:
        lines += ["", f"## {section['heading']}", *([section["lead"]] if section["lead"] else [])]
        for block in section["blocks"]:
            if block["style"] == "relations":
                lines += [" | ".join(block["columns"])]
                lines += [" | ".join(row[key] for key in ("with", "receives", "provides")) for row in block["rows"]]
            else:
                lines.append(_MARKS[block["style"]] + block["text"])
    return lines


def _table(body: Body) -> list[str]:
    lines = []
    if body["columns"]:
        lines += ["", " | ".join(f"{column['number']} {column['title']}" for column in body["columns"])]
    for row in body["rows"]:
        cells = [row["text"]] if row["style"] == "unit" else [cell["text"] for cell in row["cells"]]
        lines.append(f"{row['style']}: {' | '.join(cells)}")
    return lines

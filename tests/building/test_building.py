"""What a build does with papers that are new, unchanged, changed, edited by hand, gone, or in the way."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import docx
import pytest
from lxml import etree

from building.registries import BASE, PAPERS, ROOT, build_all, change, copy_registry, opened, outcomes, papers_in, snapshot, strange_files
from drawing import draw_png
from orgdocs.building.building import Options, build
from orgdocs.building.manifest import NAME, read_manifest
from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import Content, PaperId
from orgdocs.project import open_project
from orgdocs.rendering.marks import NO_MARKS, Marks
from orgdocs.rendering.packages import read_package, write_package
from orgdocs.rendering.papers import render_paper
from orgdocs.rendering.templates import Template
from orgdocs.sources import read_work_tree

DEPUTY = "positions/office/deputy.yaml"


def edit_in_word(path: Path) -> bytes:
    """Change a paper as another program does."""
    opened_paper = docx.Document(str(path))
    opened_paper.add_paragraph("By hand")
    opened_paper.core_properties.author = "somebody"
    saved = io.BytesIO()
    opened_paper.save(saved)
    path.write_bytes(saved.getvalue())
    return saved.getvalue()


def test_the_first_build_writes_every_paper_and_the_manifest(tmp_path: Path) -> None:
    account = build_all(BASE, tmp_path / "out")
    assert outcomes(account) == {"built": PAPERS}
    assert account.sentences == {}
    assert list(papers_in(tmp_path / "out")) == PAPERS
    assert list(read_manifest(tmp_path / "out").entries) == PAPERS
    assert strange_files(tmp_path / "out") == []
    for path, content in opened(BASE).contents.items():
        template = Template(packaged_template(content.profile, path.kind))
        assert papers_in(tmp_path / "out")[f"office/{path.kind}/{path.subject}.docx"] == render_paper(template, content)


def test_the_second_build_touches_nothing(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    before = {name: state for name, state in snapshot(tmp_path).items() if name != NAME}
    assert outcomes(build_all(BASE, tmp_path)) == {"unchanged": PAPERS}
    assert {name: state for name, state in snapshot(tmp_path).items() if name != NAME} == before


def test_without_a_manifest_the_same_papers_are_recognised(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    (tmp_path / NAME).unlink()
    before = snapshot(tmp_path)
    assert outcomes(build_all(BASE, tmp_path)) == {"unchanged": PAPERS}
    assert {name: state for name, state in snapshot(tmp_path).items() if name in before} == before


def test_a_paper_that_was_only_touched_is_unchanged(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    os.utime(tmp_path / PAPERS[0])
    assert outcomes(build_all(BASE, tmp_path)) == {"unchanged": PAPERS}


def test_a_paper_that_was_removed_is_written_again(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    whole = papers_in(tmp_path)
    (tmp_path / PAPERS[0]).unlink()
    shutil.rmtree(tmp_path / "office" / "structure")
    assert outcomes(build_all(BASE, tmp_path))["built"] == [PAPERS[0], PAPERS[-1]]
    assert papers_in(tmp_path) == whole


def test_a_change_writes_the_papers_that_say_it_and_no_others(tmp_path: Path) -> None:
    root = copy_registry(tmp_path)
    build_all(root, tmp_path / "out")
    change(root / DEPUTY, "helps to keep the examples", "helps to keep all examples")
    assert outcomes(build_all(root, tmp_path / "out"))["built"] == ["office/job-description/deputy.docx"]


def text_of(paper: bytes) -> str:
    """Everything that a paper says, as python-docx reads it, in small letters."""
    package = docx.Document(io.BytesIO(paper)).part.package
    roots = [part.element for part in package.iter_parts() if hasattr(part, "element")]
    return "\n".join("".join(paragraph.itertext()) for root in roots for paragraph in root.iter("{*}p")).casefold()


HEAD = "positions/city-office/benefits/head-of-benefits.yaml"


@pytest.mark.parametrize(
    ("base", "path", "old", "new"),
    [
        (BASE, DEPUTY, "Deputy Director", "Vice Director"),
        (ROOT, HEAD, "Head of the Division for Social Benefits and Compensations", "Chief of Benefits"),
    ],
    ids=["small", "own"],
)  # fmt: skip
def test_a_new_title_rebuilds_exactly_the_papers_that_mention_it(tmp_path: Path, base: Path, path: str, old: str, new: str) -> None:
    root = copy_registry(tmp_path, base)
    build_all(root, tmp_path / "out")
    before = papers_in(tmp_path / "out")
    mentioning = [name for name, paper in before.items() if old.casefold() in text_of(paper)]
    change(root / path, f"title: {old}\n", f"title: {new}\n")
    account = build_all(root, tmp_path / "out")
    assert 1 < len(mentioning) < len(before)
    assert outcomes(account) == {"built": mentioning, "unchanged": sorted(set(before) - set(mentioning))}
    after = papers_in(tmp_path / "out")
    assert [name for name in before if before[name] != after[name]] == mentioning
    assert not [name for name, paper in after.items() if old.casefold() in text_of(paper)]


def test_other_marks_make_a_paper_stale_and_no_other(tmp_path: Path) -> None:
    project = opened(BASE)

    def built(revision: int) -> dict[str, list[str]]:
        def marks(content: Content) -> Marks:
            return Marks(footer=(f"Revision {revision}",)) if content.paper.subject == "deputy" and revision else NO_MARKS

        return outcomes(build(project, tmp_path, project.contents, Options(verify=True), complete=True, marks=marks))

    deputy, others = PAPERS[0], PAPERS[1:]
    assert built(0) == {"built": PAPERS}
    plain = papers_in(tmp_path)
    assert built(1) == {"built": [deputy], "unchanged": others}
    assert "revision 1" in text_of(papers_in(tmp_path)[deputy])
    assert built(1) == {"unchanged": PAPERS}
    assert built(2) == {"built": [deputy], "unchanged": others}
    assert built(0) == {"built": [deputy], "unchanged": others}
    assert papers_in(tmp_path) == plain


def test_papers_carry_the_code_of_their_content_where_the_organisation_wants_it(tmp_path: Path) -> None:
    root = copy_registry(tmp_path)
    change(root / "org/office/organisation.yaml", "profile: intl\n", "profile: intl\nqr_code: true\n")
    build_all(root, tmp_path / "out", verify=True)
    papers = papers_in(tmp_path / "out")
    for paper, content in opened(root).contents.items():
        parts = read_package(papers[f"office/{paper.kind}/{paper.subject}.docx"])
        assert f'descr="QR: orgdocs:{paper}:{content.digest[:32]}"'.encode() in parts["word/footer2.xml"]
    deputy = papers[PAPERS[0]]
    change(root / DEPUTY, "helps to keep the examples", "helps to keep all examples")
    assert outcomes(build_all(root, tmp_path / "out"))["built"] == [PAPERS[0]]
    assert read_package(papers_in(tmp_path / "out")[PAPERS[0]])["word/footer2.xml"] != read_package(deputy)["word/footer2.xml"]


def with_emblem(folder: Path) -> Path:
    """A registry whose organisation has an emblem."""
    root = copy_registry(folder)
    (root / "org/office/emblem.png").write_bytes(draw_png(24, 34))
    change(root / "org/office/organisation.yaml", "status:", "emblem: {file: emblem.png, description: 'Arms of \"A & B\"'}\nstatus:")
    return root


def test_every_paper_has_the_emblem_and_another_picture_makes_all_stale(tmp_path: Path) -> None:
    root = with_emblem(tmp_path)
    assert outcomes(build_all(root, tmp_path / "out", verify=True)) == {"built": PAPERS}
    for paper in papers_in(tmp_path / "out").values():
        parts = read_package(paper)
        assert parts["word/media/orgdocs-emblem.png"] == draw_png(24, 34)
        assert b'cx="432000" cy="612000"' in parts["word/header2.xml"]  # 12 × 17 mm
        picture = etree.fromstring(parts["word/header2.xml"]).find(".//{*}docPr")
        assert picture is not None
        assert picture.get("descr") == 'Arms of "A & B"'
    assert outcomes(build_all(root, tmp_path / "out")) == {"unchanged": PAPERS}
    (root / "org/office/emblem.png").write_bytes(draw_png(34, 24))
    assert outcomes(build_all(root, tmp_path / "out")) == {"built": PAPERS}


def test_papers_with_an_emblem_come_out_of_many_processes_as_out_of_one(tmp_path: Path) -> None:
    root = with_emblem(tmp_path)
    build_all(root, tmp_path / "one", jobs=1)
    build_all(root, tmp_path / "two", jobs=2)
    assert papers_in(tmp_path / "one") == papers_in(tmp_path / "two")


def test_an_own_template_that_prints_no_emblem_is_named(tmp_path: Path) -> None:
    root = with_emblem(tmp_path)
    own = root / "templates/intl/structure.docx"
    own.parent.mkdir(parents=True)
    parts = read_package(packaged_template("intl", "structure"))
    parts["word/header2.xml"] = parts["word/header1.xml"]
    own.write_bytes(write_package(parts))
    account = build_all(root, tmp_path / "out")
    sentence = 'the template templates/intl/structure.docx does not print everything: “Arms of "A & B"” is not in the paper'
    assert account.sentences == {PAPERS[-1]: sentence}


def test_an_own_template_that_prints_no_marks_is_named(tmp_path: Path) -> None:
    root = copy_registry(tmp_path)
    own = root / "templates/intl/structure.docx"
    own.parent.mkdir(parents=True)
    parts = read_package(packaged_template("intl", "structure"))
    for name in ("word/footer1.xml", "word/footer2.xml"):
        parts[name] = parts[name].replace(b"{{ item }}", b"{{ title }}")
    own.write_bytes(write_package(parts))
    project = opened(root)
    account = build(
        project, tmp_path / "out", project.contents, Options(), complete=True, marks=lambda _: Marks(footer=("Revision 1",))
    )  # fmt: skip
    assert account.sentences == {
        PAPERS[-1]: "the template templates/intl/structure.docx does not print everything: “Revision 1” is not in the paper"
    }


# -- edited by hand -------------------------------------------------------------------------------------------------

EDITED = "was edited by hand and is left alone; take the change over into the YAML, or build with --force"


@pytest.mark.parametrize("known", [True, False], ids=["manifest", "no manifest"])
@pytest.mark.parametrize("changed", [True, False], ids=["registry changed", "registry unchanged"])
def test_a_paper_edited_by_hand_is_left_alone(tmp_path: Path, *, known: bool, changed: bool) -> None:
    root = copy_registry(tmp_path)
    out = tmp_path / "out"
    build_all(root, out)
    edited = edit_in_word(out / PAPERS[0])
    if changed:
        change(root / DEPUTY, "helps to keep the examples", "helps to keep all examples")
    if not known:
        (out / NAME).unlink()
    for _ in range(2):
        account = build_all(root, out)
        assert outcomes(account)["edited"] == [PAPERS[0]]
        assert account.sentences == {PAPERS[0]: EDITED}
        assert (out / PAPERS[0]).read_bytes() == edited
    assert outcomes(build_all(root, out, force=True))["built"] == [PAPERS[0]]
    assert outcomes(build_all(root, out)) == {"unchanged": PAPERS}


@pytest.mark.parametrize("content", [b"", b"notes", b"PK\x03\x04", write_package({"docProps/app.xml": b"<Application>Word</Application>"})])
def test_any_other_file_in_the_way_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PAPERS[0]).parent.mkdir(parents=True)
    (tmp_path / PAPERS[0]).write_bytes(content)
    assert outcomes(build_all(BASE, tmp_path)) == {"edited": [PAPERS[0]], "built": PAPERS[1:]}
    assert (tmp_path / PAPERS[0]).read_bytes() == content


def test_a_paper_of_an_interrupted_build_is_not_taken_for_edited(tmp_path: Path) -> None:
    """The paper is newer than the manifest, because the build that wrote it was killed, and older than the registry."""
    root = copy_registry(tmp_path)
    out = tmp_path / "out"
    build_all(root, out)
    first = (out / NAME).read_bytes()
    change(root / DEPUTY, "helps to keep the examples", "second wording")
    build_all(root, out)
    (out / NAME).write_bytes(first)
    change(root / DEPUTY, "second wording", "third wording")
    assert outcomes(build_all(root, out))["built"] == [PAPERS[0]]


# -- no longer defined ----------------------------------------------------------------------------------------------


def without_lawyer(tmp_path: Path) -> tuple[Path, Path]:
    """A registry that was built, and then lost a post and a unit."""
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    shutil.rmtree(root / "positions/office/legal")
    (root / "org/office/units/legal.yaml").unlink()
    return root, out


GONE = ["office/job-description/lawyer.docx", "office/regulation/legal.docx", "office/structure/office.docx"]


def test_papers_that_are_no_longer_defined_are_named_and_kept(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    account = build_all(root, out)
    assert outcomes(account)["gone"] == GONE
    assert {account.sentences[path] for path in GONE} == {"is no longer defined; remove it with build --prune"}
    assert list(papers_in(out)) == PAPERS


def test_pruning_removes_them_and_their_folders(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    assert outcomes(build_all(root, out, prune=True))["pruned"] == GONE
    assert list(papers_in(out)) == [path for path in PAPERS if path not in GONE]
    assert sorted(path.name for path in (out / "office").iterdir()) == ["job-description", "regulation", "staffing-table"]
    assert list(read_manifest(out).entries) == list(papers_in(out))


def test_pruning_spares_what_was_edited_by_hand(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    edit_in_word(out / GONE[0])
    account = build_all(root, out, prune=True)
    assert outcomes(account)["edited"] == GONE[:1]
    assert account.sentences == {GONE[0]: "is no longer defined, but was edited by hand and is left alone"}
    assert (out / GONE[0]).exists()


def test_a_check_prunes_nothing(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    before = snapshot(out)
    stale = outcomes(build_all(root, out, prune=True, check=True))["stale"]
    assert [path for path in stale if path in GONE] == GONE
    assert snapshot(out) == before


def test_what_is_gone_already_is_forgotten(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    for path in GONE:
        (out / path).unlink()
    assert "gone" not in outcomes(build_all(root, out))
    assert list(read_manifest(out).entries) == [path for path in PAPERS if path not in GONE]


def test_a_build_of_some_papers_knows_of_none_that_are_gone(tmp_path: Path) -> None:
    root, out = without_lawyer(tmp_path)
    project = opened(root)
    one = PaperId("office", "job-description", "director", "en")
    account = build(project, out, {one: project.contents[one]}, Options(prune=True), complete=False)
    assert list(account.outcomes) == ["office/job-description/director.docx"]
    assert list(papers_in(out)) == PAPERS


# -- manifest -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "1", '{"source": ""}', '{"source": "", "entries": []}', '{"source": "", "entries": {"a.docx": 1}}',
     '{"source": "", "entries": {"a.docx": ["a"]}}', "\0", '{"entries": {}}', "{" * 100_000],
)  # fmt: skip
def test_a_damaged_manifest_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    build_all(BASE, tmp_path)
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    assert outcomes(build_all(BASE, tmp_path)) == {"unchanged": PAPERS}
    assert list(read_manifest(tmp_path).entries) == PAPERS


@pytest.mark.parametrize("path", ["../precious.docx", "/precious.docx", "office/../../precious.docx", "..\\precious.docx", "../notes.txt"])
def test_a_manifest_that_points_outside_removes_nothing(tmp_path: Path, path: str) -> None:
    out = tmp_path / "out"
    build_all(BASE, out)
    precious = tmp_path / path.replace("\\", "/").rsplit("/", 1)[-1]
    precious.write_bytes(b"precious")
    data = json.loads((out / NAME).read_text(encoding="utf-8"))
    status = precious.stat()
    data["entries"][path] = ["", "", "", "", status.st_size, status.st_mtime_ns]
    (out / NAME).write_text(json.dumps(data), encoding="utf-8")
    assert outcomes(build_all(BASE, out, prune=True)) == {"unchanged": PAPERS}
    assert precious.read_bytes() == b"precious"


# -- check ----------------------------------------------------------------------------------------------------------


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    change(root / DEPUTY, "helps to keep the examples", "helps to keep all examples")
    edit_in_word(out / PAPERS[4])
    (out / PAPERS[5]).unlink()
    (out / ".orgdocs-tmp-999999999-abcdef01").write_bytes(b"left over")
    before = snapshot(tmp_path)
    account = build_all(root, out, check=True)
    assert outcomes(account) == {"stale": [PAPERS[0], PAPERS[4], PAPERS[5]], "unchanged": [*PAPERS[1:4], PAPERS[6]]}
    assert account.sentences == {
        PAPERS[0]: "is not what the registry says now",
        PAPERS[4]: "was edited by hand",
        PAPERS[5]: "is missing",
    }
    assert snapshot(tmp_path) == before


def test_a_check_does_not_even_make_the_folder(tmp_path: Path) -> None:
    assert outcomes(build_all(BASE, tmp_path / "out", check=True)) == {"stale": PAPERS}
    assert list(tmp_path.iterdir()) == []


def test_a_check_without_a_manifest_compares_the_papers_themselves(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    (tmp_path / NAME).unlink()
    before = snapshot(tmp_path)
    assert outcomes(build_all(BASE, tmp_path, check=True)) == {"unchanged": PAPERS}
    assert snapshot(tmp_path) == before


# -- ways to write --------------------------------------------------------------------------------------------------


def test_compressed_papers_are_smaller_and_say_the_same(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    whole = papers_in(tmp_path)
    assert outcomes(build_all(BASE, tmp_path, compress=True)) == {"built": PAPERS}
    small = papers_in(tmp_path)
    assert all(len(small[path]) < len(whole[path]) / 3 and read_package(small[path]) == read_package(whole[path]) for path in PAPERS)
    assert outcomes(build_all(BASE, tmp_path, compress=True)) == {"unchanged": PAPERS}
    (tmp_path / NAME).unlink()
    assert outcomes(build_all(BASE, tmp_path)) == {"built": PAPERS}
    assert papers_in(tmp_path) == whole


def test_many_processes_write_what_one_writes(tmp_path: Path) -> None:
    assert outcomes(build_all(ROOT, tmp_path / "two", jobs=2)) == outcomes(build_all(ROOT, tmp_path / "one", jobs=1))
    assert papers_in(tmp_path / "two") == papers_in(tmp_path / "one")


def test_progress_is_told_paper_by_paper(tmp_path: Path) -> None:
    project = opened(BASE)
    told: list[tuple[int, int]] = []
    build(project, tmp_path, project.contents, Options(), complete=True, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(number, len(PAPERS)) for number in range(1, len(PAPERS) + 1)]


def test_source_date_epoch_makes_papers_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_all(BASE, tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert outcomes(build_all(BASE, tmp_path, check=True)) == {"stale": PAPERS}
    assert outcomes(build_all(BASE, tmp_path)) == {"built": PAPERS}


# -- templates of the registry's own --------------------------------------------------------------------------------


def own_template(root: Path, old: bytes, new: bytes) -> Path:
    """Put a changed template of job descriptions into a registry."""
    parts = read_package(packaged_template("intl", "job-description"))
    assert old in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new)
    path = root / "templates/intl/job-description.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_package(parts))
    return path


JOBS, OTHERS = PAPERS[:3], PAPERS[3:]


def test_an_own_template_is_used_from_its_first_build_on(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    path = own_template(root, b"<w:body>", b"<w:body><w:p><w:r><w:t>Our house</w:t></w:r></w:p>")
    assert outcomes(build_all(root, out)) == {"built": JOBS, "unchanged": OTHERS}
    assert "our house" in text_of((out / JOBS[0]).read_bytes())
    assert outcomes(build_all(root, out)) == {"unchanged": PAPERS}
    path.unlink()
    assert outcomes(build_all(root, out)) == {"built": JOBS, "unchanged": OTHERS}


def test_an_own_template_that_forgets_a_text_is_found_without_being_asked(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    before = papers_in(out)
    own_template(root, b"{{ section.heading }}", b"Heading")
    account = build_all(root, out)
    assert outcomes(account) == {"failed": JOBS, "unchanged": OTHERS}
    sentence = account.sentences[JOBS[0]]
    assert sentence.startswith("the template templates/intl/job-description.docx does not print everything: “")
    assert papers_in(out) == before


def test_a_faulty_own_template_is_named_with_its_fault(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    path = own_template(root, b"{{ section.heading }}", b"{{ section.headng }}")
    project = open_project(read_work_tree(root))  # which names the template too
    account = build(project, out, project.contents, Options(), complete=False)
    assert outcomes(account) == {"failed": JOBS, "built": OTHERS}
    start = "templates/intl/job-description.docx: word/document.xml: there is nothing called headng in section; did you mean heading?"
    assert {sentence.startswith(start) for sentence in account.sentences.values()} == {True}
    path.write_bytes(b"")
    project = open_project(read_work_tree(root))
    account = build(project, out, project.contents, Options(), complete=False)
    assert set(account.sentences.values()) == {"templates/intl/job-description.docx: it is empty"}


# -- things in the way ----------------------------------------------------------------------------------------------


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.docx"
    outside.write_bytes(b"precious")
    out = tmp_path / "out"
    (out / PAPERS[0]).parent.mkdir(parents=True)
    (out / PAPERS[0]).symlink_to(outside)
    assert outcomes(build_all(BASE, out)) == {"built": PAPERS}
    assert outside.read_bytes() == b"precious"
    assert not (out / PAPERS[0]).is_symlink()


def test_a_link_to_an_equal_file_is_replaced_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(BASE, out)
    moved = tmp_path / "moved.docx"
    (out / PAPERS[0]).rename(moved)
    (out / PAPERS[0]).symlink_to(moved)
    assert outcomes(build_all(BASE, out)) == {"built": PAPERS[:1], "unchanged": PAPERS[1:]}
    assert not (out / PAPERS[0]).is_symlink()


def test_a_folder_in_the_way_of_a_paper_is_said(tmp_path: Path) -> None:
    (tmp_path / PAPERS[0]).mkdir(parents=True)
    account = build_all(BASE, tmp_path)
    assert outcomes(account) == {"failed": PAPERS[:1], "built": PAPERS[1:]}
    assert account.sentences == {PAPERS[0]: f"{tmp_path / PAPERS[0]}: it cannot be written (Is a directory)"}
    assert strange_files(tmp_path) == []


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "office").write_bytes(b"precious")
    account = build_all(BASE, tmp_path)
    assert outcomes(account) == {"failed": PAPERS}
    assert (tmp_path / "office").read_bytes() == b"precious"

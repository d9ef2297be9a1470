from __future__ import annotations

from pathlib import Path

from assistant.library.discovery import discover


def test_documents_of_a_folder(tmp_path: Path) -> None:
    names = [
        "b.md",
        "a.TXT",
        "sub/c.md",
        "README.md",
        "sub/readme.md",
        ".hidden.md",
        ".git/d.md",
        "framework.yaml",
        "e.docx",
    ]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found, unreachable = discover([tmp_path])
    assert [f.path.relative_to(tmp_path).as_posix() for f in found] == ["a.TXT", "b.md", "sub/c.md"]
    assert not unreachable


def test_a_file_may_be_a_root_of_any_name_and_is_found_once(tmp_path: Path) -> None:
    for name in ("README.md", "notes", "a.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found, _ = discover([tmp_path, tmp_path / "README.md", tmp_path / "notes", tmp_path / "a.md"])
    assert [f.path.name for f in found] == ["README.md", "a.md", "notes"]


def test_a_root_inside_a_hidden_folder_is_searched(tmp_path: Path) -> None:
    root = tmp_path / ".local" / "docs"
    root.mkdir(parents=True)
    (root / "a.md").write_text("x", encoding="utf-8")
    assert len(discover([root])[0]) == 1


def test_a_root_out_of_sight_is_told(tmp_path: Path) -> None:
    found, unreachable = discover([tmp_path / "gone"])
    assert not found
    assert unreachable[0].holds(tmp_path / "gone" / "a.md")
    assert "--forget" in unreachable[0].reason

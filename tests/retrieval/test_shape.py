"""Reposts folded, neighbours joined, no document crowding out the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.service import Service, index
from assistant.settings import load_settings

REPOSTED = (
    "星海市对虚拟园区的入驻企业给予每家最高30万元的启动补助。补助由星海市财政承担，分两年拨付，第一年拨付六成。"
    "申请补助的企业应当在星海市登记，并在入驻之后的三个月内提出申请。"
)
OTHER = "望山县的虚拟园区由望山县供销社牵头设立，入驻企业不领取补助，但可以免费使用望山县的物流仓库。"


def write(folder: Path, id_: str, title: str, text: str, **head: object) -> None:
    front = "".join(f"{key}: {value}\n" for key, value in {"id": id_, "title": title, **head}.items())
    (folder / f"{id_}.md").write_text(f"---\n{front}---\n\n# {title}\n\n{text}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def reposts(tmp_path_factory: pytest.TempPathFactory) -> Service:
    base = tmp_path_factory.mktemp("reposts")
    folder = base / "documents"
    folder.mkdir()
    write(folder, "a-repost", "转载：星海市虚拟园区补助办法", REPOSTED)
    write(
        folder,
        "b-original",
        "星海市虚拟园区补助办法",
        REPOSTED,
        doc_number="星海政发〔2026〕3号",
        level="规范性文件",
    )
    write(folder, "c-changed", "星海市虚拟园区补助办法修订稿", REPOSTED.replace("30万元", "50万元"))
    write(folder, "d-other", "望山县虚拟园区", OTHER)
    long = "\n\n".join(
        f"虚拟园区的补助第{n}项由星海市另行规定，企业按照第{n}项的要求申请补助。" * 4 for n in range(1, 13)
    )
    write(folder, "e-long", "虚拟园区补助说明", long)
    settings = load_settings(home=base / "home")
    assert not index(settings, [folder]).failed
    return Service.open(settings)


def test_a_repost_stands_behind_the_numbered_original(reposts: Service) -> None:
    hits = reposts.search(reposts.query("入驻虚拟园区的企业能领多少启动补助？", as_of=date(2026, 11, 1)), 8)
    shown = {hit.document.id: hit for hit in hits}
    assert "a-repost" not in shown
    assert shown["b-original"].folded == ("a-repost",)


def test_another_figure_is_another_statement(reposts: Service) -> None:
    hits = reposts.search(reposts.query("启动补助每家最高多少万元？"), 8)
    assert {"b-original", "c-changed"} <= {hit.document.id for hit in hits}


def test_no_document_crowds_out_the_others(reposts: Service) -> None:
    hits = reposts.search(reposts.query("虚拟园区补助"), 5)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.document.id for hit in hits}) >= 3


def test_joined_neighbours_are_exact_text(reposts: Service) -> None:
    hits = reposts.search(reposts.query("虚拟园区的补助由星海市另行规定"), 10)
    for hit in hits:
        assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text
    for one in hits:
        inside = [
            other
            for other in hits
            if other is not one
            and other.document.id == one.document.id
            and other.passage.start >= one.passage.start
            and other.passage.end <= one.passage.end
        ]
        assert not inside

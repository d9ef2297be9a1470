"""Two documents that give one thing two values are shown to a person, with both places."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.agreement import check_agreement, load_differences
from assistant.corpus.source import SourceFile, read_source
from assistant.errors import LibraryError
from tests.corpus.conftest import BODY, Write

FIRST = "海尔卡奥斯平台截至2022年服务企业90万家。[^1]"


def pair(write: Write, second: str, first: str = FIRST) -> list[SourceFile]:
    def body(sentence: str) -> str:
        return BODY.replace("《甲意见》支持建设12个平台。[^1]", sentence)

    return [
        read_source(write("a", body(first), folder="cases", title="卡奥斯")),
        read_source(write("b", body(second), folder="cases", title="卡奥斯平台研究")),
    ]


def test_another_value_of_the_same_thing_is_found_with_both_places(write: Write) -> None:
    found = list(check_agreement(pair(write, "海尔卡奥斯平台截至2022年服务企业80万家。[^1]")))
    assert len(found) == 1
    assert found[0].path.name == "a.md" and "b.md:" in found[0].message
    assert "90万家" in found[0].message and "80万家" in found[0].message


@pytest.mark.parametrize(
    "second",
    [
        "海尔卡奥斯平台截至2022年服务企业90万家。[^1]",
        "海尔卡奥斯平台截至2021年服务企业80万家。[^1]",
        "海尔卡奥斯平台截至2022年服务企业80万家，与90万家的说法口径不一。[^1]",
        "海尔卡奥斯平台截至2022年服务企业80万家。[^1]海尔卡奥斯平台另报90万家。[^1]",
        "义乌市场2022年设有商位7.5万家。[^1]",
        "海尔卡奥斯平台截至2022年投入80万元。[^1]",
    ],
)
def test_other_times_things_and_units_are_no_disagreement(write: Write, second: str) -> None:
    assert list(check_agreement(pair(write, second))) == []


def test_a_difference_accepted_with_a_reason_is_not_found_again(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "differences.yaml"
    path.write_text(
        "- {documents: [b, a], figures: [80万家, 90万家], reason: 统计口径不同}\n", encoding="utf-8"
    )
    sources = pair(write, "海尔卡奥斯平台截至2022年服务企业80万家。[^1]")
    assert list(check_agreement(sources, load_differences(path))) == []


def test_the_file_of_differences_may_be_missing_but_not_malformed(tmp_path: Path) -> None:
    assert load_differences(tmp_path / "none.yaml") == ()
    path = tmp_path / "differences.yaml"
    path.write_text("- {documents: [a, b], figures: [1, 2]}", encoding="utf-8")
    with pytest.raises(LibraryError, match="写法有误"):
        load_differences(path)

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.drafting.profile import FIELD_NAMES, RegionProfile, load_profile
from assistant.errors import DraftError
from assistant.library.framework import Framework

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "profile-example.yaml"


def test_the_example_fills_every_field_and_says_it_is_invented() -> None:
    profile = load_profile(EXAMPLE)
    assert "示例县" in profile.region
    assert all(profile.words(field) for field in FIELD_NAMES)
    assert "虚构" in EXAMPLE.read_text(encoding="utf-8")


def test_every_field_that_a_sign_of_the_framework_names_is_in_the_profile(framework: Framework) -> None:
    profile = RegionProfile(region="某县")
    assert {sign.profile for model in framework.models for sign in model.signs} <= set(FIELD_NAMES)
    with pytest.raises(DraftError, match="没有的栏目 colour"):
        profile.words("colour")


def test_one_entry_needs_no_list_and_an_empty_key_is_nothing(tmp_path: Path) -> None:
    profile = load_profile(_written(tmp_path, "region: 某县\nparks: 某园区\nfirms:\n"))
    assert (profile.parks, profile.firms) == (("某园区",), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("region: 某县\nplatform: [甲]", "没有 platform 这个栏目，是否要写 platforms"),
        ("region: 某县\n颜色: 红", "没有 颜色 这个栏目，可用的栏目有 region、industries"),
        ("parks: [甲]", "缺少 region"),
        ("region: 某县\nparks: ['']", "parks 栏目中有空的内容"),
        ("region: 某县\nfirms: 118", "firms 栏目应写成文字"),
        ("region: 某县\nfirms: {甲: 1}", "firms 栏目应写成文字"),
        ("region: 某县\n  parks: x", "不是合格的 YAML（第2行"),
        ("- 某县", "栏目: 内容"),
        ("", "栏目: 内容"),
        ("region: 2020-13-45", "不是合格的 YAML"),
        ("1: x\nregion: 某县", "没有 1 这个栏目"),
    ],
)
def test_a_bad_profile_is_told_by_the_first_thing_to_put_right(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(DraftError) as caught:
        load_profile(_written(tmp_path, text))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="读不到"):
        load_profile(tmp_path / "missing.yaml")
    with pytest.raises(DraftError, match="读不到"):
        load_profile(tmp_path)
    (tmp_path / "gbk.yaml").write_bytes("region: 某县".encode("gbk"))
    with pytest.raises(DraftError, match="UTF-8"):
        load_profile(tmp_path / "gbk.yaml")


def _written(directory: Path, text: str) -> Path:
    path = directory / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return path

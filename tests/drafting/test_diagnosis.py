from __future__ import annotations

import pytest

from assistant.drafting.diagnosis import diagnose, says_nothing
from assistant.drafting.profile import RegionProfile
from assistant.drafting.situation import fit_section
from assistant.library.framework import Framework


def test_the_model_with_most_signs_shown_leads_with_the_regions_own_words(framework: Framework) -> None:
    profile = RegionProfile(
        region="某县",
        chain_leaders=("甲集团，供应商118家",),
        firms=("配套企业60家",),
        region_links=("与邻市协作",),
    )
    diagnosis = diagnose(profile, framework)
    (leading,) = diagnosis.leading
    assert leading.model_id == "supply-chain"
    assert leading.score == pytest.approx(3 / 5)
    assert leading.met[0].words == ("甲集团，供应商118家",)
    assert {finding.field for finding in leading.missing} == {"industries", "platforms"}


def test_more_entries_on_the_core_decide_between_equal_scores_and_the_draft_says_so(
    framework: Framework,
) -> None:
    profile = RegionProfile(region="某县", standards=("甲标准", "乙标准"), parks=("丙园区",), firms=("丁",))
    diagnosis = diagnose(profile, framework)
    equal = [fit.model_id for fit in diagnosis.fits if fit.score == diagnosis.fits[0].score]
    assert equal == ["technical-standard", "industrial-park"]
    assert [fit.model_id for fit in diagnosis.leading] == ["technical-standard"]
    said = fit_section("（二）模式诊断", diagnosis).paragraphs[0].sentences[0].text
    assert "符合程度相同，而区域概况对其聚集核（技术标准）写明的条目最多" in said


def test_a_tie_is_said_to_be_one(framework: Framework) -> None:
    diagnosis = diagnose(RegionProfile(region="某县", standards=("甲",), parks=("乙",)), framework)
    assert {fit.model_id for fit in diagnosis.leading} == {"technical-standard", "industrial-park"}
    said = fit_section("（二）模式诊断", diagnosis).paragraphs[0].sentences[0].text
    assert "符合程度相同，现有概况不足以分出先后" in said


def test_a_model_whose_core_is_not_there_never_leads(framework: Framework) -> None:
    profile = RegionProfile(
        region="某县",
        industries=("甲",),
        firms=("乙",),
        region_links=("丙",),
        parks=("丁园区",),
        platforms=("无",),
    )
    diagnosis = diagnose(profile, framework)
    assert [fit.model_id for fit in diagnosis.leading] == ["industrial-park"]
    nothing = diagnose(RegionProfile(region="某县", industries=("甲",), firms=("乙",)), framework)
    assert nothing.leading == ()
    assert "暂不能判断" in fit_section("（二）模式诊断", nothing).paragraphs[0].sentences[0].text


@pytest.mark.parametrize(
    "entry", ["无", "暂无企业参与", "没有链主企业", "尚无平台", "目前还没有园区", "缺乏标准"]
)
def test_entries_that_say_there_is_nothing(entry: str) -> None:
    assert says_nothing(entry)


@pytest.mark.parametrize(
    "entry", ["无锡某平台", "无人机产业园", "无线通信标准", "已有两家", "未来科技园", "全县有3个园区"]
)
def test_names_that_only_begin_like_nothing(entry: str) -> None:
    assert not says_nothing(entry)

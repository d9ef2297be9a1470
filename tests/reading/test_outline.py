"""The outline: Markdown levels, official numbering, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.outline import outline, own_spans


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in outline(text)]


def test_chapters_divisions_and_articles_nest() -> None:
    text = (
        "第一章 总则\n第一条 为了促进发展，制定本法。\n"
        "第二条 本法所称企业：\n（一）国有企业；\n（二）其他企业。\n"
        "第二章 措施\n第一节 资金\n第三条 国家设立基金。\n附则\n"
    )
    sections = outline(text)
    assert [s.path for s in sections] == [
        ("第一章 总则",),
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
        ("第二章 措施",),
        ("第二章 措施", "第一节 资金"),
        ("第二章 措施", "第一节 资金", "第三条"),
    ]
    assert [(s.label, s.heading, s.depth) for s in sections[:2]] == [("第一章", "总则", 1), ("第一条", "", 2)]
    article = sections[2]
    assert text[article.start : article.end] == "第二条 本法所称企业：\n（一）国有企业；\n（二）其他企业。\n"
    assert text[sections[0].start : sections[0].end].endswith("（二）其他企业。\n")


def test_numbered_headings_of_official_documents() -> None:
    text = (
        "现通知如下：\n一、总体要求\n（一）指导思想。坚持创新发展。\n（二）主要目标。到2025年建成。\n"
        "二、重点任务\n（一）培育集群\n1.建设平台\n支持企业建设平台。\n"
        "2.降低成本\n减免费用。\n附件1\n名单。\n"
    )
    assert paths(text) == [
        ("一、总体要求",),
        ("一、总体要求", "（一）指导思想"),
        ("一、总体要求", "（二）主要目标"),
        ("二、重点任务",),
        ("二、重点任务", "（一）培育集群"),
        ("二、重点任务", "（一）培育集群", "1.建设平台"),
        ("二、重点任务", "（一）培育集群", "2.降低成本"),
        ("附件1",),
    ]


def test_markdown_levels_rule_and_numbering_nests_below() -> None:
    text = "甲法\n第一章 总则\n第一条 内容。\n第二章 附则\n第二条 自公布之日起施行。"
    levels = {0: 1, text.index("第一章"): 2, text.index("第二章"): 2}
    assert [s.path for s in outline(text, levels)] == [
        ("甲法",),
        ("甲法", "第一章 总则"),
        ("甲法", "第一章 总则", "第一条"),
        ("甲法", "第二章 附则"),
        ("甲法", "第二章 附则", "第二条"),
    ]


def test_a_heading_with_article_number_and_name() -> None:
    section = outline("第九条　付款期限\n应当自交付之日起30日内支付款项。", {0: 2})[0]
    assert (section.label, section.heading, section.path) == ("第九条", "付款期限", ("第九条　付款期限",))


def test_table_of_contents_is_no_outline() -> None:
    text = "目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 内容。\n第二章 附则\n第二条 内容。\n"
    assert [p[-1] for p in paths(text)] == ["第一章 总则", "第一条", "第二章 附则", "第二条"]


@pytest.mark.parametrize(
    "text",
    [
        "有以下三类：\n1. 数字化平台\n2. 供应链\n3. 技术标准\n",
        "支持下列企业：\n（一）链主企业；\n（二）平台企业；\n（三）其他企业。\n",
        "分为以下几类：\n（一）国家级。由国家认定。\n（二）省级。由省认定。\n",
        "第三条规定了付款期限，第二章的规定也适用。\n",
        "- 第一项\n- 第二项\n",
        "2025年目标是100家。\n",
        "1.2亿元用于建设\n其余自筹。\n",
    ],
)
def test_enumerations_and_running_text_open_no_section(text: str) -> None:
    assert outline(text) == ()


LINES = st.sampled_from(
    [
        "第一章 总则",
        "第二条 内容。",
        "第三节 资金",
        "一、要求",
        "（一）目标。建成。",
        "（二）甲；",
        "1. 甲",
        "正文。",
        "",
        " ",
        "目录",
        "附件",
        "　　文字：",
    ]
)


@given(st.lists(st.tuples(LINES, st.sampled_from([0, 0, 0, 1, 2, 3])), max_size=25))
def test_sections_are_ordered_and_nested(rows: list[tuple[str, int]]) -> None:
    text = "\n".join(line for line, _ in rows)
    starts = [sum(len(line) + 1 for line, _ in rows[:i]) for i in range(len(rows))]
    levels = {
        start: level for start, (line, level) in zip(starts, rows, strict=True) if level and line.strip()
    }
    sections = outline(text, levels)
    for section, after in zip(sections, sections[1:], strict=False):
        assert section.start < after.start
        assert (
            section.end >= after.end
            if after.depth > section.depth
            else section.end == after.start or (section.end < after.start)
        )
    for section in sections:
        assert section.depth == len(section.path)
        assert text[section.start : section.end].startswith(section.path[-1])
    spans = list(own_spans(text, sections))
    headings = sum(len(s.path[-1]) for s, start, _ in spans if s and start > s.start)
    assert sum(len(text[a:b].replace("\n", "")) for _, a, b in spans) + headings >= len("".join(text.split()))

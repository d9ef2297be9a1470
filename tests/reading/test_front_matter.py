"""Front matter: what is accepted, and the sentence for what is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Kind, Level, TextKind
from assistant.errors import ReadingError
from assistant.reading.front_matter import FrontMatter, read_front_matter


def read(header: str) -> FrontMatter:
    return read_front_matter(f"---\n{header}\n---\n正文。\n")[0]


def test_only_id_and_title_are_needed() -> None:
    fields, body, line = read_front_matter(
        "---\nid: p02-szjj-145\ntitle: “十四五”数字经济发展规划\n---\n\n正文。\n"
    )
    assert (fields.id, fields.title, fields.kind) == ("p02-szjj-145", "“十四五”数字经济发展规划", Kind.OTHER)
    assert (fields.text_kind, fields.effective, fields.issuers) == (TextKind.ORIGINAL, None, ())
    assert (body, line) == ("\n正文。\n", 5)


def test_all_sorts_of_fields() -> None:
    fields = read(
        "id: a\ntitle: 甲\nkind: plan\nlevel: 国务院文件\nissuers: [国务院, 财政部]\n"
        "aliases: 数据二十条\nsigned: 2021-12-12\n"
        "doc_number: 国发〔2021〕29号\nyear: 2021\nregion: null\nuntil:\ntext_kind: digest\n"
        "url: https://www.gov.cn/x"
    )
    assert (fields.kind, fields.level, fields.text_kind) == (Kind.PLAN, Level.STATE_COUNCIL, TextKind.DIGEST)
    assert (fields.issuers, fields.aliases) == (("国务院", "财政部"), ("数据二十条",))
    assert (fields.signed, fields.year, fields.region, fields.until) == (date(2021, 12, 12), 2021, None, None)


def test_values_stay_as_written() -> None:
    fields = read("id: 001\ntitle: 2024-03-01\nstatus_note: yes")
    assert (fields.id, fields.title, fields.status_note) == ("001", "2024-03-01", "yes")


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("id: a\neffective: 明天\ntitle: b", "第3行 effective：不是日期（应写作 2024-03-01）。"),
        ("id: a\ntitle: b\neffective: 2024-02-30", "第4行 effective：不是日历上有的日期"),
        ("id: a\ntitle: b\neffective: 20240301", "第4行 effective：不是日期"),
        ("id: a\ntitle: b\nefective: 2024-03-01", "第4行 efective：没有这个字段，是否应为 effective。"),
        ("id: a\ntitle: b\nkind: decree", "第4行 kind：只能是 law、regulation"),
        ("id: a b\ntitle: c", "第2行 id：只能由"),
        ("id: ../a\ntitle: c", "第2行 id：只能由"),
        ("id: a\nid: b\ntitle: c", "第3行 id：与第2行重复"),
        ("id: a\ntitle: [未闭合\neffective: 明天", "第3行：元数据不是正确的 YAML"),
        ("id: a\ntitle: 甲: 乙", "第3行：元数据不是正确的 YAML"),
        ("id: a", "元数据缺少 title"),
        ("id: a\ntitle: null", "元数据缺少 title"),
        ("", "元数据缺少"),
        ("- a\n- b", "第2行：元数据应逐行写成"),
        ("id: a\ntitle: b\nissuers: {国务院: 1}", "第4行 issuers：应是列表"),
        ("id: a\ntitle: b\nregion: [广东省]", "第4行 region：应是一段文字"),
        ("id: a\ntitle: b\nyear: 24", "第4行 year：不是年份"),
        ("id: a\ntitle: b\nurl: javascript:alert(1)", "第4行 url：不是网址"),
        ("id: a\ntitle: b\nuntil: 2020-01-01\neffective: 2021-01-01", "第4行 until：早于 effective"),
        ("id: a\ntitle: " + "[" * 5000, "元数据嵌套过深"),
        ("id: a\ntitle: b\x01", "元数据含有 YAML 不允许的字符"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(header: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as error:
        read(header)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("raw", "part"), [("# 只有正文\n", "没有元数据"), ("---\nid: a\ntitle: b\n", "没有结束行")]
)
def test_front_matter_missing_or_never_ending(raw: str, part: str) -> None:
    with pytest.raises(ReadingError, match=part):
        read_front_matter(raw)


@given(st.text(alphabet="id:title \n-[]{}&*!|>'\"%@#甲明天2024,?~", max_size=80))
def test_any_header_is_read_or_refused_in_words(header: str) -> None:
    try:
        fields = read(header)
    except ReadingError:
        return  # said in words; anything else would fail the test
    assert fields.id
    assert fields.title

"""One digest by itself: complete, dated possibly, every sentence short, standing alone, and with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.finding import Finding
from assistant.corpus.source import Sentence, SourceFile
from assistant.domain import Kind, TextKind

LONGEST_SENTENCE = 120
SOURCES = {
    "official": "官方页面",
    "full_text_copy": "全文副本",
    "media_or_scholar": "媒体或学者文章",
    "repost": "转载",
    "repost_on_unrelated_domain": "转载（与主题无关的网站）",
    "search_index_only": "仅见于检索索引",
}
NOTES_HEADING = "来源与说明"

_STATUTES = (Kind.LAW, Kind.REGULATION)
_DANGLING = re.compile(
    r"[“（(]?(?:该|其|此|上述|前述|这|它|本(?:法|条例|办法|规定|意见|规划|方案|通知|报告|案例))"
)
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\][:：]\s*(.*)")
_MARKER = re.compile(r"\[\^([^\]\s]+)\]")
_LIST_LABEL = re.compile(r"(?:\d{1,2}[.、．)]|[-*•])\s*")
_EDITOR = re.compile(r"编者")
_QUOTED = re.compile(r"“([^“”]*)”")
# Longer than a term, shorter than a clause: what stands in quotation marks in the digest of a statute.
_LONGEST_QUOTED_TERM = 14
_ENUMERATION_MARKS = 5


def check_form(source: SourceFile) -> Iterator[Finding]:
    """What is wrong with one file. Originals (`text_kind: original`) keep their wording: only dates are checked."""
    yield from _dates(source)
    if source.document.text_kind is TextKind.DIGEST:
        yield from _fields(source)
        yield from _notes(source)
        for sentence in source.sentences:
            yield from _sentence(source, sentence)


def _dates(source: SourceFile) -> Iterator[Finding]:
    """成文 before 公布 and 施行, 施行 before the end, nothing learnt after the day of checking."""
    d = source.document
    for earlier, later in (
        ("signed", "published"),
        ("signed", "effective"),
        ("effective", "until"),
        ("effective", "repealed"),
        ("signed", "checked_on"),
        ("published", "checked_on"),
    ):
        one, two = getattr(d, earlier), getattr(d, later)
        if one and two and one > two:
            yield Finding(
                source.path, source.line_of(earlier), f"{earlier} {one} 晚于 {later} {two}，请改正其中之一。"
            )
    if d.year and d.begins:
        yield Finding(source.path, source.line_of("year"), "已有日期，请删去 year。")


def _fields(source: SourceFile) -> Iterator[Finding]:
    d = source.document
    if source.path.stem != d.id:
        yield Finding(
            source.path, source.line_of("id"), f"id {d.id} 与文件名不同，请改成 {source.path.stem}。"
        )
    if d.source_kind not in SOURCES:
        yield Finding(
            source.path, source.line_of("source_kind"), f"source_kind 应为 {'、'.join(SOURCES)} 之一。"
        )
    for field in ("checked_on", "kind", "level", "region"):
        if field not in source.fields:
            yield Finding(source.path, 1, f"元数据缺少 {field}；请补上，不知道的写 null。")
    if not d.checked_on:
        yield Finding(source.path, source.line_of("checked_on"), "checked_on 是空的；请写上核对来源的日期。")
    titles = [(i, line[2:].strip()) for i, line in enumerate(source.raw, 1) if line.startswith("# ")]
    if not titles or titles[0][1] != d.title:
        yield Finding(source.path, titles[0][0] if titles else 1, f"一级标题应与 title 相同：{d.title}")
    if not any(s.path[-1] == NOTES_HEADING for s in d.outline):
        yield Finding(source.path, len(source.raw), f"缺少“## {NOTES_HEADING}”一节；请写明摘编、依据和局限。")


def _notes(source: SourceFile) -> Iterator[Finding]:
    """Each marker has one definition, each definition a marker and a known sort of source."""
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    for i, line in enumerate(source.raw, 1):
        if match := _DEFINITION.match(line):
            if match[1] in defined:
                yield Finding(source.path, i, f"来源注 [^{match[1]}] 定义了两次，请留下一个。")
            defined[match[1]] = i
            label = match[2].partition("：")[0]
            if label not in SOURCES.values():
                yield Finding(source.path, i, f"来源注应以 {'、'.join(SOURCES.values())} 之一加冒号开头。")
        else:
            used |= {key: used.get(key, i) for key in _MARKER.findall(line)}
    for key, line_number in used.items():
        if key not in defined:
            yield Finding(source.path, line_number, f"来源注 [^{key}] 没有定义，请在文末补上。")
    for key, line_number in defined.items():
        if key not in used:
            yield Finding(
                source.path, line_number, f"来源注 [^{key}] 没有用到，请标在所依据的句子后面或删去。"
            )


def _sentence(source: SourceFile, sentence: Sentence) -> Iterator[Finding]:
    text = _LIST_LABEL.sub("", sentence.text, count=1) if _LIST_LABEL.match(sentence.text) else sentence.text
    statute = source.document.kind in _STATUTES
    opening = text[:12]
    if _DANGLING.match(text):
        yield Finding(
            source.path, sentence.line, f"“{opening}……”开头的指代脱离上文就不明，请写出所指的名称。"
        )
    enumeration = statute and text.count("、") + text.count("；") >= _ENUMERATION_MARKS
    if len(text) > LONGEST_SENTENCE and not enumeration:
        yield Finding(
            source.path,
            sentence.line,
            f"“{opening}……”有 {len(text)} 字，请拆成 {LONGEST_SENTENCE} 字以内的句子。",
        )
    if not sentence.supports:
        return
    if statute:
        for quoted in _QUOTED.findall(text):
            if len(quoted) > _LONGEST_QUOTED_TERM:
                yield Finding(
                    source.path, sentence.line, f"摘编不是原文，“{quoted[:10]}……”不宜加引号，请改为概括。"
                )
    # Items of a list rest on the note of its introduction; what the editor says is nobody else's.
    exempt = text != sentence.text or text[-1] in "：；" or _EDITOR.search(text)
    if not sentence.noted and not exempt and not _MARKER.search(source.raw[sentence.line - 1]):
        yield Finding(source.path, sentence.line, f"“{opening}……”没有来源注，请在句末标上 [^n]。")

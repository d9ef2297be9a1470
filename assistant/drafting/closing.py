"""What every form of a draft says alike: the line under the title, how sentences are marked, and the closing remarks."""

from __future__ import annotations

from assistant.drafting.notes import chinese_date, no_longer_current
from assistant.drafting.outline import numbered
from assistant.drafting.types import Basis, Draft, Sentence

PROFILE_MARK = "（据区域自述）"


def subtitle(draft: Draft) -> str:
    return f"（初稿，{chinese_date(draft.made_on)}）"


def shown(sentence: Sentence) -> str:
    """The sentence as printed: the region's own words are marked as such, before the full stop."""
    if sentence.basis is not Basis.PROFILE:
        return sentence.text
    return f"{sentence.text.removesuffix('。')}{PROFILE_MARK}。"


def references_heading(draft: Draft) -> str:
    return numbered(len(draft.sections), "参考文献")


def closing_paragraphs(draft: Draft) -> tuple[str, ...]:
    """What the reader of a draft must know: how it was made, what it could not find, where sources disagree."""
    made = (
        "本稿由虚拟集群政策助手依据区域概况和文库编成，须经人工审核后使用。"
        "带注的句子已与所引段落核对；注中标明“摘编”的，引用和决策以原文为准；"
        f"标明{PROFILE_MARK.strip('（）')}的内容未经核实；模式诊断由所列迹象逐条对照得出。"
    )
    paragraphs = [made]
    past = no_longer_current(draft.notes)
    if past:
        paragraphs.append(f"所引文件中有{len(past)}件不是现行有效，使用前须核对接续文件：{'、'.join(past)}。")
    if draft.unanswered:
        asked = "".join(f"{i}. {question} " for i, question in enumerate(draft.unanswered, 1)).strip()
        paragraphs.append(f"下列问题在文库中没有找到可引用的依据，建议补充资料：{asked}")
    paragraphs.extend(draft.warnings)
    return tuple(paragraphs)

"""The first part of a draft: the region in its own words, and what the diagnosis says of it."""

from __future__ import annotations

from assistant.drafting.outline import NUMERALS
from assistant.drafting.profile import FIELD_NAMES, RegionProfile
from assistant.drafting.types import (
    Basis,
    Diagnosis,
    DraftSection,
    ModelFit,
    Paragraph,
    Sentence,
    SignFinding,
)


def profile_section(heading: str, profile: RegionProfile) -> DraftSection:
    """The profile field by field; nothing is added to its words."""
    paragraphs = tuple(
        Paragraph((Sentence(f"{name}：{_joined(profile.words(field))}。", Basis.PROFILE),))
        for field, name in FIELD_NAMES.items()
        if profile.words(field)
    )
    empty = Paragraph((Sentence("区域概况只写明了区域名称，没有其他内容。", Basis.RULE),))
    return DraftSection(heading, paragraphs or (empty,))


def fit_section(heading: str, diagnosis: Diagnosis) -> DraftSection:
    """The verdict first, then each model: signs shown, with the region's words, and what is not known."""
    verdict = Paragraph((Sentence(_verdict(diagnosis), Basis.RULE),))
    leading = {fit.model_id for fit in diagnosis.leading}
    return DraftSection(
        heading, (verdict, *(_fit(fit, in_full=fit.model_id in leading) for fit in diagnosis.fits))
    )


def _verdict(diagnosis: Diagnosis) -> str:
    leading = diagnosis.leading
    how = "以上判断只依据区域概况所填内容，须经实地调研核实。"
    if not leading:
        return "区域概况没有写明任何一类聚集核，暂不能判断适用哪一类模式。"
    if len(leading) == 1:
        return (
            f"将区域概况与各模式的适用迹象逐条对照，{_why(leading[0], diagnosis)}，可作为首选模式研究。{how}"
        )
    names = "、".join(fit.name for fit in leading)
    return f"将区域概况与各模式的适用迹象逐条对照，{names}的符合程度相同，现有概况不足以分出先后，宜一并研究。{how}"


def _why(first: ModelFit, diagnosis: Diagnosis) -> str:
    equal = [f.name for f in diagnosis.fits if f is not first and f.core_words and f.score == first.score]
    if not equal:
        return f"{first.name}的符合程度最高"
    return (
        f"{first.name}与{'、'.join(equal)}的符合程度相同，而区域概况对其聚集核（{first.core}）写明的条目最多"
    )


def _fit(fit: ModelFit, *, in_full: bool) -> Paragraph:
    count = len(fit.met) + len(fit.missing)
    sentences = [
        Sentence(f"{fit.name}，{count}条适用迹象中有{len(fit.met)}条在区域概况中有对应内容。", Basis.RULE)
    ]
    if not fit.core_words:
        sentences.append(Sentence(f"区域概况没有写明聚集核（{fit.core}），不作为首选。", Basis.RULE))
    if in_full:
        sentences += [_shown_by(signs) for signs in _by_field(fit.met)]
    if fit.missing:
        asked = "；".join(f"{NUMERALS[i]}是{_bare(sign)}" for i, sign in enumerate(fit.missing))
        sentences.append(Sentence(f"尚需核实的迹象：{asked}。", Basis.RULE))
    return Paragraph(tuple(sentences))


def _by_field(met: tuple[SignFinding, ...]) -> list[list[SignFinding]]:
    """Signs that the same words show, together, so that the words are quoted once."""
    together: dict[str, list[SignFinding]] = {}
    for sign in met:
        together.setdefault(sign.field, []).append(sign)
    return list(together.values())


def _shown_by(signs: list[SignFinding]) -> Sentence:
    quoted = "".join(f"“{_bare(sign)}”" for sign in signs)
    return Sentence(f"与迹象{quoted}对照，区域概况写明：{_joined(signs[0].words)}。", Basis.PROFILE)


def _bare(sign: SignFinding) -> str:
    return sign.text.rstrip("。")


def _joined(words: tuple[str, ...]) -> str:
    return "；".join(word.rstrip("。；;. ") for word in words)

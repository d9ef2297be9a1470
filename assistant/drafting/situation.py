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
    SignFinding,
    Sentence,
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
        return f"将区域概况与各模式的适用迹象逐条对照，{leading[0].name}的符合程度最高，可作为首选模式研究。{how}"
    names = "、".join(fit.name for fit in leading)
    return f"将区域概况与各模式的适用迹象逐条对照，{names}的符合程度相同，现有概况不足以分出先后，宜一并研究。{how}"


def _fit(fit: ModelFit, *, in_full: bool) -> Paragraph:
    signs = len(fit.met) + len(fit.missing)
    sentences = [
        Sentence(f"{fit.name}，{signs}条适用迹象中有{len(fit.met)}条在区域概况中有对应内容。", Basis.RULE)
    ]
    if not fit.core_words:
        sentences.append(Sentence(f"区域概况没有写明聚集核（{fit.core}），不作为首选。", Basis.RULE))
    if in_full:
        sentences += [
            Sentence(f"与“{_bare(sign)}”这一迹象对应的是：{_joined(sign.words)}。", Basis.PROFILE)
            for sign in fit.met
        ]
    if fit.missing:
        asked = "；".join(f"{NUMERALS[i]}是{_bare(sign)}" for i, sign in enumerate(fit.missing))
        sentences.append(Sentence(f"尚需核实的迹象：{asked}。", Basis.RULE))
    return Paragraph(tuple(sentences))


def _bare(sign: SignFinding) -> str:
    return sign.text.rstrip("。")


def _joined(words: tuple[str, ...]) -> str:
    return "；".join(word.rstrip("。；;. ") for word in words)

"""The outline of a draft: its headings, and for each part the questions whose answers make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.profile import RegionProfile
from assistant.drafting.types import Diagnosis
from assistant.library.framework import Framework, Pillar

NUMERALS = "一二三四五六七八九十"
# A draft asks about the first industries only; a long list would crowd out the pillar itself.
MOST_INDUSTRIES = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what its answer must be about to stand in the draft (None: no such condition)."""

    text: str
    region: str | None = None
    industry: str | None = None
    document: str | None = None  # id of the one document asked about
    tried: bool = False  # asked on the chance that there is something: nothing is missing when there is not


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the draft to be written from answers. `vocabulary` is text that uses the words of its subject."""

    heading: str
    questions: tuple[Question, ...]
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a draft: the part on comparable cases (None without a leading model), one part a pillar."""

    title: str
    cases: Part | None
    pillars: tuple[Part, ...]


def outline(
    profile: RegionProfile, diagnosis: Diagnosis, framework: Framework, titles: Mapping[str, str]
) -> Outline:
    """Plans the draft for one region from the framework's own questions, policies and measures.

    `titles` gives the title of each document of the library by its id; policies without one are not asked for.
    """
    return Outline(
        title=f"关于{profile.region}建设虚拟产业集群的对策建议",
        cases=_cases(diagnosis, framework),
        pillars=tuple(_pillar(pillar, profile, titles) for pillar in framework.pillars),
    )


def numbered(position: int, heading: str) -> str:
    """A heading of the first level, 一、…; `position` counts from 0."""
    return f"{NUMERALS[position]}、{heading}"


def _cases(diagnosis: Diagnosis, framework: Framework) -> Part | None:
    leading = {fit.model_id for fit in diagnosis.leading}
    models = [model for model in framework.models if model.id in leading]
    if not models:
        return None
    heading = f"{'、'.join(f'{model.core}型' for model in models)}的可比案例"
    return Part(heading, tuple(Question(text) for model in models for text in model.questions))


def _pillar(pillar: Pillar, profile: RegionProfile, titles: Mapping[str, str]) -> Part:
    """What the pillar asks for and its examples, the region's own side of it, then policy by policy and measure by
    measure, for as long as the part has room."""
    short = pillar.aliases[0] if pillar.aliases else pillar.name
    region = Question(f"{profile.region}在{short}方面有哪些政策要求？", region=profile.region)
    industries = [
        Question(f"{industry}产业在{short}方面有哪些政策支持？", industry=industry)
        for industry in profile.industries[:MOST_INDUSTRIES]
    ]
    policies = [
        Question(f"《{titles[id]}》对产业集群有哪些要求？", document=id, tried=True)
        for id in pillar.policies
        if id in titles
    ]
    measures = [
        Question(f"哪些政策文件要求“{measure.text.rstrip('。')}”？", tried=True)
        for measure in pillar.measures
    ]
    questions = (*map(Question, pillar.questions), region, *industries, *policies, *measures)
    said = (pillar.name, *pillar.aliases, pillar.summary, *(measure.text for measure in pillar.measures))
    return Part(pillar.name, questions, "。".join(said))

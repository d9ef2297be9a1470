"""Which cluster model fits a region, by plain rules that a reader can redo by hand.

A sign of a model counts as shown when the profile says something in the field that the sign names. An entry that says
that there is nothing (无…, 暂无…, 没有…) does not count. The score is the share of signs shown. Among equal scores
the model goes first on whose core (the field of its first sign) the profile has more entries; what is then still
equal at the top is a tie, and said to be one. A model whose core the profile does not speak of never leads.
"""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.drafting.profile import RegionProfile
from assistant.drafting.types import Diagnosis, ModelFit, SignFinding
from assistant.library.framework import ClusterModel, Framework

# 无 begins names too (无锡, 无人机, 无线…): only what can be lacking may follow it.
_NOTHING = re.compile(r"(?:目前|尚|暂|还|均|并)*(?:没有|未有|缺乏|缺少|无(?![锡人线纺机缝源为极棣]))")


def diagnose(profile: RegionProfile, framework: Framework) -> Diagnosis:
    """Compares a profile with every model of the framework; raises `DraftError` if a sign names an unknown field."""
    fits = sorted((_fit(profile, model) for model in framework.models), key=_key, reverse=True)
    able = [fit for fit in fits if fit.core_words]
    leading = tuple(takewhile(lambda fit: _key(fit) == _key(able[0]), able))
    return Diagnosis(tuple(fits), leading)


def says_nothing(entry: str) -> bool:
    """Whether an entry of a profile says that there is nothing of the kind."""
    return _NOTHING.match(entry) is not None


def _key(fit: ModelFit) -> tuple[float, int]:
    return fit.score, fit.core_words


def _fit(profile: RegionProfile, model: ClusterModel) -> ModelFit:
    findings = [
        SignFinding(
            sign.text, sign.profile, tuple(w for w in profile.words(sign.profile) if not says_nothing(w))
        )
        for sign in model.signs
    ]
    return ModelFit(
        model_id=model.id,
        name=model.name,
        core=model.core,
        met=tuple(f for f in findings if f.words),
        missing=tuple(f for f in findings if not f.words),
        core_words=len(findings[0].words) if findings else 0,
    )

"""The domain's own map (`corpus/framework.yaml`): types, cluster models and pillars, read by tagging, diagnosis and follow-ups."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import LibraryError


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Node):
    """Where in the corpus the node is described."""

    document: str
    section: str


class Sign(_Node):
    """An observable sign that a model fits a region; `profile` names the field of a region profile that shows it."""

    id: str
    text: str
    profile: str


class Measure(_Node):
    """One recommended measure of a pillar, and the sections of policy documents that serve it, the best first."""

    id: str
    text: str
    policies: tuple[Source, ...] = ()


class Risk(_Node):
    """What a case shows can go wrong."""

    id: str
    text: str
    case: str


class Entry(_Node):
    """What types, models and pillars have in common."""

    id: str
    name: str
    english: str
    aliases: tuple[str, ...] = ()
    summary: str
    source: Source
    questions: tuple[str, ...] = ()


class ClusterModel(Entry):
    """One of the models of virtual clusters, by its core (聚集核)."""

    core: str
    signs: tuple[Sign, ...]
    risks: tuple[Risk, ...] = ()
    cases: tuple[str, ...] = ()


class Pillar(Entry):
    """One of the pillars of recommendation."""

    measures: tuple[Measure, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the documents that serve its measures: the best of each measure, then the second of each."""
        rounds = zip_longest(*([p.document for p in measure.policies] for measure in self.measures))
        return tuple(dict.fromkeys(id_ for turn in rounds for id_ in turn if id_))


class Framework(_Node):
    """The whole map."""

    types: tuple[Entry, ...]
    models: tuple[ClusterModel, ...]
    pillars: tuple[Pillar, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.types, *self.models, *self.pillars)


def load_framework(path: Path) -> Framework:
    """Read the map; raises `LibraryError` when it is missing or malformed."""
    try:
        return Framework.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as problem:
        raise LibraryError(
            f"读不到框架文件 {path}（{problem.strerror}）；请检查文库目录的设置。"
        ) from problem
    except (yaml.YAMLError, ValidationError) as problem:
        raise LibraryError(
            f"框架文件 {path} 的写法有误（{str(problem).splitlines()[0]}）；请改正后再试。"
        ) from problem

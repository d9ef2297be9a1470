"""The domain's map, corpus/framework.yaml, agrees with itself and with the documents it points to."""

from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SOURCE = "founding-article"
PROFILES = {"platforms", "chain_leaders", "standards", "parks", "industries", "firms", "region_links"}
IDS = {
    "types": ["network-space", "functional-distance", "physical-virtual"],
    "models": ["digital-platform", "supply-chain", "technical-standard", "industrial-park"],
    "pillars": [
        "government-guidance",
        "chain-leader-platform",
        "collaboration-organisation",
        "overall-layout",
    ],
}
COMMON = {"id", "name", "english", "aliases", "summary", "source", "questions"}
KEYS = {
    "types": COMMON,
    "models": COMMON | {"core", "signs", "risks", "cases"},
    "pillars": COMMON | {"measures"},
}
QUESTIONS = {"types": (1, 2), "models": (2, 3), "pillars": (2, 3)}

Entry = dict[str, Any]


def load() -> dict[str, list[Entry]]:
    data: dict[str, list[Entry]] = yaml.safe_load((CORPUS / "framework.yaml").read_text(encoding="utf-8"))
    return data


def entries() -> list[Any]:
    return [pytest.param(group, item, id=item["id"]) for group, items in load().items() for item in items]


def group_of(name: str) -> list[Any]:
    return [pytest.param(item, id=item["id"]) for item in load()[name]]


def front_matter(document_id: str) -> Entry:
    """The front matter of the one corpus file with this id."""
    paths = list(CORPUS.glob(f"*/{document_id}.md"))
    assert len(paths) == 1, f"{document_id}: {len(paths)} files in corpus/"
    meta: Entry = yaml.safe_load(paths[0].read_text(encoding="utf-8").split("---\n")[1])
    return meta


def source_text() -> str:
    return (CORPUS / "research" / f"{SOURCE}.md").read_text(encoding="utf-8")


def source_headings() -> set[str]:
    return {line.lstrip("#").strip() for line in source_text().splitlines() if line.startswith("#")}


def test_groups_and_ids() -> None:
    assert {name: [item["id"] for item in items] for name, items in load().items()} == IDS


def test_ids_unique() -> None:
    data = load()
    ids = [item["id"] for items in data.values() for item in items]
    assert len(ids) == len(set(ids))
    for items, part in ((data["models"], "signs"), (data["models"], "risks"), (data["pillars"], "measures")):
        inner = [x["id"] for item in items for x in item[part]]
        assert len(inner) == len(set(inner)), part


def test_aliases_lead_to_one_entry() -> None:
    names = [name for items in load().values() for item in items for name in [item["name"], *item["aliases"]]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("group", "item"), entries())
def test_entry_is_complete(group: str, item: Entry) -> None:
    assert set(item) == KEYS[group]
    assert all(item.values())
    assert item["summary"].endswith("。") and item["summary"].count("。") == 1
    low, high = QUESTIONS[group]
    assert low <= len(item["questions"]) <= high
    assert all(question.endswith("？") for question in item["questions"])


@pytest.mark.parametrize(("group", "item"), entries())
def test_source_section_exists(group: str, item: Entry) -> None:
    assert item["source"]["document"] == SOURCE
    assert item["source"]["section"] in source_headings()


@pytest.mark.parametrize(("group", "item"), entries())
def test_summary_is_a_sentence_of_its_section(group: str, item: Entry) -> None:
    section = source_text().split(f"### {item['source']['section']}\n", 1)[1].split("\n#", 1)[0]
    assert item["summary"] in section


@pytest.mark.parametrize("item", group_of("models"))
def test_model_signs(item: Entry) -> None:
    assert 4 <= len(item["signs"]) <= 6
    for sign in item["signs"]:
        assert set(sign) == {"id", "text", "profile"}
        assert sign["profile"] in PROFILES
        assert sign["text"].endswith("。")


@pytest.mark.parametrize("item", group_of("models"))
def test_model_risks(item: Entry) -> None:
    assert 2 <= len(item["risks"]) <= 3
    for risk in item["risks"]:
        assert set(risk) == {"id", "text", "case"}
        assert risk["text"].endswith("。")
        assert front_matter(risk["case"])["kind"] in {"case", "research"}


@pytest.mark.parametrize("item", group_of("pillars"))
def test_pillar_measures_are_sentences_of_the_article(item: Entry) -> None:
    article = source_text()
    for measure in item["measures"]:
        assert {"id", "text"} <= set(measure) <= {"id", "text", "policies"}
        assert measure["text"] in article, measure["id"]


@pytest.mark.parametrize("item", group_of("pillars"))
def test_every_measure_of_the_article_is_listed(item: Entry) -> None:
    section = source_text().split(f"### {item['source']['section']}\n", 1)[1].split("\n#", 1)[0]
    numbered = [line for line in section.splitlines() if line[:1].isdigit()]
    assert len(numbered) == len(item["measures"])

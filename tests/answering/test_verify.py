"""A sentence is shown only if its quotes bear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answering.citing import make_citation
from assistant.answering.verify import verify
from assistant.domain import Citation, Document, Kind, Passage, Validity, Verdict
from assistant.language.sentences import sentences
from assistant.service import Service

QUOTE = "机关、事业单位从中小企业采购货物，应当自交付之日起30日内支付款项；合同另有约定的，付款期限最长不得超过60日。"


def cite(quote: str, title: str = "保障中小企业款项支付条例") -> Citation:
    document = Document("d", title, Kind.REGULATION, quote, (), "", "", doc_number="国务院令第802号")
    passage = Passage("d#1", "d", ("第九条　付款期限",), quote, 0, len(quote), 1)
    return make_citation(1, document, passage, 0, len(quote), Validity.IN_FORCE)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (QUOTE, Verdict.SUPPORTED),
        ("机关、事业单位采购货物，应当自交付之日起30日内支付款项。", Verdict.SUPPORTED),
        ("机关、事业单位采购货物，应当自交付之日起三十日内支付款项。", Verdict.SUPPORTED),
        ("按照第九条，机关、事业单位应当自交付之日起30日内支付款项。", Verdict.SUPPORTED),
        ("机关、事业单位采购货物，应当自交付之日起45日内支付款项。", Verdict.UNSUPPORTED),
        ("机关、事业单位采购货物，应当自交付之日起30年内支付款项。", Verdict.UNSUPPORTED),
        ("按照第八条，机关、事业单位应当自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("按照《民法典》，机关、事业单位应当自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("按照国发〔2021〕29号，机关、事业单位应当自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("Amazon应当自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("机关、事业单位采购货物，可以自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("全部机关、事业单位应当自交付之日起30日内支付款项。", Verdict.UNSUPPORTED),
        ("火星上的天气今天很好。", Verdict.UNSUPPORTED),
    ],
)
def test_verdicts(service: Service, text: str, verdict: Verdict) -> None:
    finding = verify(text, [cite(QUOTE)], service.retriever.terms)
    assert finding.verdict is verdict, finding.reason


def test_a_negation_that_the_source_has_not(service: Service) -> None:
    source = "支持大型企业与中小企业建立稳定的协作关系。"
    turned = "不支持大型企业与中小企业建立稳定的协作关系。"
    assert verify(turned, [cite(source)], service.retriever.terms).verdict is Verdict.UNSUPPORTED


def test_nothing_cited_is_unsupported(service: Service) -> None:
    assert verify(QUOTE, [], service.retriever.terms).verdict is Verdict.UNSUPPORTED


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_sentence_of_the_corpus_bears_itself_and_no_other_figure(
    service: Service, data: st.DataObject
) -> None:
    passages = [p for p in service.library.passages().values() if any(c.isdigit() for c in p.text)]
    passage = data.draw(st.sampled_from(passages))
    document = service.library.document(passage.document_id)
    start, end = data.draw(st.sampled_from(sentences(passage.text)))
    whole = make_citation(1, document, passage, passage.start + start, passage.start + end, None)
    terms = service.retriever.terms
    assert verify(whole.quote, [whole], terms).verdict is Verdict.SUPPORTED
    invented = f"{whole.quote}另有98765家企业。"
    assert verify(invented, [replace(whole)], terms).verdict is Verdict.UNSUPPORTED


def test_the_day_of_a_document_is_not_borne_by_its_title_alone(service: Service) -> None:
    assert date(2025, 3, 17)  # the sheet's own date: not in the quote, so not sayable with it
    claim = "条例于2025年3月17日修订，机关应当自交付之日起30日内支付款项。"
    assert verify(claim, [cite(QUOTE)], service.retriever.terms).verdict is Verdict.UNSUPPORTED

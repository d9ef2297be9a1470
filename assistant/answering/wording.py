"""The fixed sentences of answers: refusals, notices, and how claims become one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.domain import Citation, Claim, Document, Status, Validity, Verdict

FAILED = "作答时出了没有预料到的问题，没有得到回答；请重试，仍不行请把问题反馈给维护者。"
_REFUSALS = {
    Status.DECLINED_NO_SOURCE: "文库中没有能回答这个问题的依据，因此不作答。",
    Status.DECLINED_OUT_OF_SCOPE: "这个问题不在文库的范围之内，因此不作答。文库收录的是虚拟产业集群、数字经济和中小企业方面的政策文件、法律法规、案例与研究。",
    Status.DECLINED_UNSAFE: "这个请求要求改变作答规则或透露内部内容，因此不作答。请直接提出要查的政策或案例问题，答案都会附上可核对的出处。",
}


def refusal(status: Status, nearest: Sequence[Citation], suggestions: Sequence[str]) -> str:
    """A declined answer: why, the nearest sources, what can be asked."""
    lines = [_REFUSALS[status]]
    if nearest and status is Status.DECLINED_NO_SOURCE:
        lines.append("最接近的来源：" + "；".join(c.reference for c in nearest) + "。")
    if suggestions:
        lines.append("可以问：" + " ".join(suggestions))
    return "\n".join(lines)


def claim_text(claim: Claim) -> str:
    """A claim with its citation markers; one that its sources bear only in part says so."""
    mark = "〔部分有据〕" if claim.verdict is Verdict.PARTLY else ""
    return claim.text + mark + "".join(f"[{n}]" for n in claim.citations)


def answer_text(parts: Sequence[tuple[Claim, bool]], notices: Sequence[str]) -> str:
    """All that is shown: claims in order, list items on lines of their own, notices after them."""
    text, number, in_list = "", 0, False
    for claim, is_item in parts:
        if is_item:
            number = number + 1 if in_list else 1
            text += f"\n{number}. {claim_text(claim)}"
        else:
            text += ("\n" if in_list else "") + claim_text(claim)
        in_list = is_item
    return "\n".join([text.strip(), *notices]).strip()


def validity_notice(
    document: Document, validity: Validity, as_of: date, successor: Document | None = None
) -> str:
    """A sentence on a document that is cited though it is not in force on the day asked for."""
    return f"注意：{validity_sentence(document, validity, as_of, successor=successor)}"


def validity_sentence(
    document: Document,
    validity: Validity,
    as_of: date,
    until: int | None = None,
    successor: Document | None = None,
) -> str:
    """Whether a document is in force on a day; `until` is the year its period ends, where the source says so."""
    day = f"{as_of.year}年{as_of.month}月{as_of.day}日"
    period = f"的期限至{until}年，" if until else ""
    state = _STATES[validity]
    if validity is Validity.REPEALED and successor:
        number = f"（{successor.doc_number}）" if successor.doc_number else ""
        state = f"已被《{successor.title}》{number}取代，引用现行规定须以后者为准"
    return f"截至{day}，《{document.title}》{period}{state}。"


_STATES = {
    Validity.EXPIRED: "期限已满，不再执行",
    Validity.REPEALED: "已废止或被替代",
    Validity.AMENDED: "已被修改",
    Validity.NOT_YET: "尚未施行",
    Validity.IN_FORCE: "现行有效",
    Validity.UNKNOWN: "的时效状态待核实",
}

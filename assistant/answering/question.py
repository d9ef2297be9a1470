"""What a question asks for: its kinds, its parts, and the units a fitting figure would have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.language.normal import normalise
from assistant.language.words import content_words


class Ask(StrEnum):
    """Kinds of things asked; a question may ask for several."""

    FIGURE = "figure"
    MONEY = "money"
    SHARE = "share"
    DURATION = "duration"
    DATE = "date"
    DOC_NUMBER = "doc_number"
    ISSUER = "issuer"
    PERSON = "person"
    VALIDITY = "validity"
    LIST = "list"
    DEFINITION = "definition"
    COMPARISON = "comparison"
    HOW_TO = "how_to"
    CHECK = "check"


# 几 asks only before a measure word, and 哪几 asks which, not how many.
_HOW_MANY = (
    r"(?<![哪这那])(?<!十)(?<!百)(?<!好)几(?:个|家|条|项|成|天|日|年|座|件|名|人|号|倍|万|亿|届|批|级)(?!同)"
)
_PATTERNS: dict[Ask, str] = {
    Ask.FIGURE: rf"多少|{_HOW_MANY}|多大|多高|多宽|多快|占比|百分之几|how (?:many|much|large|big)|what (?:share|percentage|number)",
    Ask.MONEY: r"多少(?:钱|元|亿|资金|费)|几个钱|多少.{0,6}(?:补贴|资金|投资|奖励|费用|利润|营收|收入|产值|罚款)|赚了?多少|(?:补贴|奖励|奖|罚|拨|投|交(?![货付通流易])).{0,8}多少(?!家|个|项|户|人|次|天|日|年)",
    Ask.SHARE: r"百分之几|几比几|占比|比例|份额|几成|比重|普及到|多大.{0,3}(?:份额|比)|what (?:share|percentage)",
    Ask.DURATION: r"多久|多长时间|多少(?:天|日|年|个月)|几(?:天|日|个月|年)|期限|how long",
    Ask.DATE: r"何时|什么时候|哪(?:一)?(?:天|年|日|个月)|(?<!第)几(?:月|号)|从哪天|日期|时间是|when\b|which year|what (?:year|date)",
    Ask.DOC_NUMBER: r"文号|发文字号|字号|令号|令第?几号|第几号令|令第?多少号|document number",
    Ask.ISSUER: r"谁(?:发布|印发|制定|出台|发起|牵头|认定|设立|来)|由谁|是谁|哪(?:些|个|几个|一级)(?:部门|机构|机关|单位)|发文机关|哪家机构|几个部门|\bwho\b|by whom",
    Ask.PERSON: r"(?:经理|董事长|总裁|作者|负责人|创始人|主任|市长|省长|主席|院长|局长|会长|部长|书记|ceo)[^，。,？?]{0,4}(?:是谁|叫什么|姓什么|是哪位)|叫什么名字|哪位(?:人物|学者|专家|大师|科学家|作家)",
    Ask.VALIDITY: r"(?:还|是否|现在|仍|目前|已经?).{0,8}(?:有效|失效|废止|执行期|管用|生效|施行|过期|作废|能用)|(?:还|仍|现在|目前).{0,8}(?:期内|期限内|到期|届满|过期|在执行)|(?:有效|生效|失效|废止|到期|过期)(?:吗|了没|没有)|in force|still valid",
    Ask.LIST: r"哪些|哪[一二三四五六七八九十两几]+(?!年|天|日|条路)|几(?:类|种|大|个方面|档)|包括什么|有什么|分别|分成|分为|什么(?:条件|优势|措施|要求|功能|领域)|which\b|what are",
    Ask.DEFINITION: r"什么是|是什么|(?:是)?指(?:的是)?什么|什么意思|何谓|含义|定义|界定|怎么理解|到底指|各代表什么|what is|what does",
    Ask.COMPARISON: r"区别|有何不同|有什么不同|对比|比较|相比|差别|谁更|对不上|不一致|异同|compare|difference",
    Ask.CHECK: r"对吗|是吗|对不对|是真的|是这样|听说|据说|是不是|属实",
    Ask.HOW_TO: r"怎么|怎样|如何|措施|做法|要满足|要什么条件|手续|流程|how (?:can|do|does|should|to)",
}
_SPLIT = re.compile(
    r"(?<=[？?；;])|, and (?=by |how|what|when|who|which|where)|(?<=[，,])(?=[^？?，,]*(?:哪|多少|几|什么|谁|何时|怎|如何|吗))"
)
# What 多少 without a measure word is counted in.
_COUNTED_IN = dict.fromkeys(("企业", "公司", "工厂", "机构", "商家", "单位"), "家") | {
    "人": "人",
    "城市": "个",
}
_HEAD_WORDS = 2
_ASKING = re.compile(
    "|".join(f"(?:{p})" for k, p in _PATTERNS.items() if k is not Ask.COMPARISON)
    + r"|吗|呢|什么|哪|谁|是不是|能不能|要不要|对不对"
)
_FRAME = re.compile(
    r"哪(?:些|几|一|个|家|里|天|年|[二三四五六七八九十]+)?|多少|多久|多大|什么|怎么样?|怎样|如何|谁|何时|是否|是不是|能不能|有没有|请问|吗|呢|吧|比例|一共|总共|到底|究竟|分别|各自?"
)
_UNIT = re.compile(
    r"(?:多少|几)(?:个|多)?(家|个|条|项|天|日|年|月|座|平方公里|元|名|人|款|件|种|类|倍|号|次|户|城市|部门|亩|级)?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked: its text, the kinds and units asked for, the clause that asks, and what the figure is of (`head`)."""

    text: str
    kinds: frozenset[Ask]
    units: frozenset[str]
    focus: str
    head: str

    @property
    def wants_figure(self) -> bool:
        return bool(self.kinds & FIGURES)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood: its parts, and the kinds of all of it."""

    parts: tuple[Part, ...]
    kinds: frozenset[Ask]

    @property
    def wants_figure(self) -> bool:
        return any(p.wants_figure for p in self.parts)


FIGURES = frozenset({Ask.FIGURE, Ask.MONEY, Ask.SHARE, Ask.DURATION})


def read_question(text: str) -> Asked:
    """Read the parts of a question and what each asks for, by its interrogative words."""
    parts = tuple(_read_part(part) for part in _parts(text))
    return Asked(parts, frozenset().union(*(p.kinds for p in parts), _kinds(normalise(text))))


def topic_of(text: str) -> str:
    """The question without its interrogative frame: what it is about."""
    return re.sub(r"[？?！!。，,；;]+", " ", _FRAME.sub(" ", normalise(text))).strip()


def _read_part(text: str) -> Part:
    folded = normalise(text)
    kinds = _kinds(folded)
    units = frozenset(u for u in _UNIT.findall(folded) if u)
    units |= {unit for noun, unit in _COUNTED_IN.items() if re.search(rf"多少{noun}", folded)}
    return Part(text, kinds, units, _focus(folded), _head(folded))


def _kinds(folded: str) -> frozenset[Ask]:
    kinds = frozenset(kind for kind, pattern in _PATTERNS.items() if re.search(pattern, folded))
    if Ask.DOC_NUMBER in kinds:
        # 发文字号是多少, 是什么: what is asked is the number, not a figure or a definition.
        kinds -= FIGURES | {Ask.LIST, Ask.DEFINITION}
    return kinds


def _focus(folded: str) -> str:
    """The clause that holds the interrogative, without it: what exactly is asked for."""
    clauses = [c for c in re.split(r"[，,。；;：:？?！!]", folded) if c.strip()]
    asking = [c for c in clauses if _ASKING.search(c)] or clauses[-1:]
    return topic_of(asking[-1]) if asking else ""


def _head(folded: str) -> str:
    """The noun right after 多少 (and its measure word), else the words right before it: 赚了多少净利润, 净利润是多少."""
    match = re.search(
        rf"(?P<before>[^，,。；;：:？?]*?)(?:多少|{_HOW_MANY})(?:家|个|条|项|座|名|人|款|件|种|类|元|钱)?(?P<after>[^，,。；;：:？?]*)",
        folded,
    )
    if not match:
        return ""
    after = _FRAME.sub(" ", match["after"]).strip()
    return after or " ".join(content_words(_FRAME.sub(" ", match["before"]))[-_HEAD_WORDS:])


def _parts(text: str) -> list[str]:
    """The parts that ask something each, with what was said before them; a remark after the last is left out."""
    parts: list[str] = []
    pending = ""
    for piece in _SPLIT.split(text):
        pending += piece
        if _ASKING.search(normalise(piece)):
            parts.append(pending.strip())
            pending = ""
    return parts or [text]

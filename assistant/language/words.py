"""Cutting text into words and character n-grams, the same way for index and question.

Texts are taken in any form; those already in the canonical form stay as they are.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.language.canonical import canonical
from assistant.language.normal import normalise

_LATIN = r"[a-z0-9]+(?:[.\-+&][a-z0-9]+)*%?"
LATIN_RUN = re.compile(_LATIN)
TOKEN = re.compile(rf"{_LATIN}|[\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

# Words that carry no topic of their own: particles, question words, politeness. Not topical words, whatever their frequency.
STOP_WORDS = frozenset(
    "的 了 和 是 在 有 与 及 或 对 为 等 中 上 下 将 把 被 从 到 向 以 于 由 让 给 就 都 也 还 又 再 很 更 最 该 其 此 这 那 这些 那些 这个 那个 "
    "之 所 而 并 且 但 但是 而且 如果 因为 所以 吗 呢 吧 啊 么 什么 怎么 怎样 如何 为什么 哪 哪些 哪个 哪几 哪里 哪家 哪年 哪天 几 多少 多大 多久 多长 谁 何 何时 "
    "是否 是不是 有没有 能不能 可以 能 会 要 应 请 请问 告诉 我 你 您 他 她 它 我们 你们 他们 它们 咱们 一下 一个 一种 一共 总共 分别 具体 主要 "
    "关于 根据 按照 按 照 里 里面 来 去 说 讲 做 用 个 项 家 条 种 类 年 月 日 第 不 没 没有 过 着 得 地 时候 时 后 前 之后 之前 到底 究竟 目前 现在 "
    "听说 打算 想 想要 帮 帮忙 啥 咋 咋样 咋办 咱 俺 那会儿 那阵 来着 自己 自家 几家 几天 几年 几样 几条 哪样 哪几个 出来 起来 上去 下来 进去 过来 当初 大多 到时候 问一下 问一句 知道 "
    "觉得 好像 是不是 要不要 会不会 可不可以 行不行 有啥 为啥 为何 多少钱 多少个 还是 只是 就是 不是 那么 这么 怎么样 怎么办 时候 其实 然后 已经 曾经 一直 才 跟 给 被 呀 哦 嘛 啦 哈 吧 "
    "the a an of in on at to for and or is are was were be been by with from as it its this that which who whom what when where how many much did do does".split()
)


def words(text: str) -> list[str]:
    """Words of the canonical form in order, punctuation left out; Latin runs and numbers stay whole."""
    return cut_words(canonical(text))


def cut_words(form: str) -> list[str]:
    """`words` of a text that is in its canonical form already."""
    import rjieba

    found: list[str] = []
    for run in TOKEN.findall(form):
        if _CHINESE.match(run):
            found.extend(rjieba.cut(run))
        else:
            found.append(run)
    return found


def content_words(text: str) -> list[str]:
    """Words that carry a topic: no stop words, no lone numerals of one character."""
    return [w for w in words(text) if w not in STOP_WORDS]


def char_ngrams(text: str) -> list[str]:
    """Unigrams and bigrams of each Chinese run, Latin runs and numbers whole (see `words`)."""
    return cut_chars(canonical(text))


def cut_topic(form: str) -> list[str]:
    """`cut_chars` of what carries a topic in a question in its canonical form: nothing goes across a stop word."""
    kept = [word if word not in STOP_WORDS else " " for word in _runs(form)]
    return cut_chars("".join(kept))


def _runs(form: str) -> list[str]:
    """All of a text: its words, and what stands between them as spaces."""
    import rjieba

    found: list[str] = []
    for run in TOKEN.findall(form):
        found.extend(rjieba.cut(run) if _CHINESE.match(run) else [run])
        found.append(" ")
    return found


def cut_chars(form: str) -> list[str]:
    """`char_ngrams` of a text that is in its canonical form already."""
    found: list[str] = []
    for run in TOKEN.findall(form):
        if _CHINESE.match(run):
            found.extend(run)
            found.extend([a + b for a, b in pairwise(run)])
        else:
            found.append(run)
    return found


def nouns(text: str) -> list[str]:
    """Nouns and proper names of two characters or more, in order, in the normal form."""
    return _tagged(text, "n")


def persons(text: str) -> list[str]:
    """Names of persons in Chinese, as far as the dictionary's tags tell."""
    return _tagged(text, "nr")


def nouns_and_verbs(text: str) -> list[str]:
    """The same with verbs: the words that say what a text is about. Place names are left out: they are where, not what."""
    return _tagged(text, ("n", "v"), without=("ns",))


def _tagged(text: str, tags: str | tuple[str, ...], without: tuple[str, ...] = ("-",)) -> list[str]:
    import rjieba

    found = rjieba.tag(normalise(text))
    return [
        w
        for w, tag in found
        if tag.startswith(tags) and not tag.startswith(without) and len(w.strip()) > 1 and w not in STOP_WORDS
    ]

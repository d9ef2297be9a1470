"""Requests that are not questions to the library: orders to drop the rules, to reveal the instructions, to confirm unseen."""

from __future__ import annotations

import re

from assistant.language.normal import normalise

# The targets of such requests are this assistant itself: its instructions, its checking of sources, its identity.
_ORDERS = (
    r"(?:忽略|无视|忘掉|忘记|抛开|绕过).{0,12}(?:指令|规则|提示|设定|限制|要求|前文|以上|之前)",
    r"(?:不必|不用|无需|不要|别|停止|跳过).{0,6}(?:再)?(?:核对|核验|引用|查资料|查证|查来源|检索|给出处|标注来源)",
    r"(?:系统|管理员|开发者|后台).{0,4}(?:通知|指令|消息|公告|模式)\s*[】:：]",
    r"(?:系统提示|提示词|初始指令|内部指令|system prompt|最开始收到的|你收到的(?:第一|最初)|你的(?:设定|指令|提示))",
    r"(?:从现在起|现在开始|接下来)你(?:是|的|就|要|必须)",
    r"(?:直接|只)(?:确认|回复|回答|输出)[:：“\"「]",
    r"ignore (?:all |the )?(?:previous|above|prior)|reveal .{0,20}(?:prompt|instructions)|you are now\b|developer mode|开发者模式",
    r"伪造|编造|捏造|随便编|没有(?:任何)?限制的|不受(?:任何)?限制|教我.{0,6}(?:绕过|规避|骗取|套取)",
    r"(?:api.?key|密钥|口令|服务器密码|数据库密码)",
)
_PATTERN = re.compile("|".join(f"(?:{p})" for p in _ORDERS), re.IGNORECASE)


def is_unsafe(question: str) -> bool:
    """Whether a question asks the assistant to break its rules or to reveal what is not for readers."""
    return bool(_PATTERN.search(normalise(question)))

"""`assistant corpus new`: a document file that explains itself, to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.domain import Kind, Level
from assistant.errors import CorpusError
from assistant.library.framework import Framework


def new_document(path: Path, title: str, framework: Framework, today: date) -> None:
    """Write the template of a digest to `path`; its id is the file's name.

    Raises `CorpusError` when something is there already, or the name does not end in .md.
    """
    if path.suffix != ".md":
        raise CorpusError(f"文件名应以 .md 结尾；请改为 {path.with_suffix('.md').name}。")
    if path.exists():
        raise CorpusError(f"{path} 已经存在，没有改动它；请换一个文件名。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template(path.stem, title, framework, today), encoding="utf-8")


def template(id_: str, title: str, framework: Framework, today: date) -> str:
    """The text of a new digest: every field of the front matter with what goes into it, every section with its rule."""
    models = "、".join(f"{m.id}（{m.core}）" for m in framework.models)
    types = "、".join(f"{t.id}（{t.aliases[0] if t.aliases else t.name}）" for t in framework.types)
    pillars = "、".join(f"{p.id}（{p.aliases[0] if p.aliases else p.name}）" for p in framework.pillars)
    return f"""---
# 以 # 开头的是说明，不影响内容，填好后可以删去。不知道的写 null 或 []，不要猜。
id: {id_}  # 与文件名相同，起好以后不再改
title: {title}  # 文件的正式名称，不加书名号
kind: policy  # {"、".join(Kind)} 之一
issuers: []  # 发文机关，如 [国务院, 财政部]
doc_number: null  # 发文字号，如 国发〔2021〕29号
signed: null  # 成文或通过日期，如 2021-12-12
published: null  # 公布日期
effective: null  # 这一版本开始施行（没有写明的，成文或公布）之日；只知道年月的留空
until: null  # 有效期或规划期的最后一天；目标年份不是期限
status_note: null  # 是否有效的说明；没有核实的写：是否现行有效«未核实»。
level: null  # {"、".join(Level)} 之一
region: 全国  # 全国，或一个省、城市群、国家
industries: []
topics: []
types: []  # {types}
models: []  # {models}
pillars: []  # {pillars}
measures: []  # corpus/framework.yaml 中措施的 id，政策文件才填
related: []  # 直接有关的文档的 id；对方的 related 里也要写上本文件
supersedes: []  # 取代了哪些文档（id）；对方写 superseded_by
superseded_by: null
aliases: []  # 简称，不能与别的文件相同
text_kind: digest  # digest 是自己的话写成的摘编；original 是逐字照录的原文
access: public
url: null  # 官方网址
source_url: null  # 实际依据的网址
source_kind: official  # official、full_text_copy、media_or_scholar、repost、repost_on_unrelated_domain、search_index_only
checked_on: {today.isoformat()}  # 核对来源的日期
---
# {title}

《{title}》由【发文机关】于【年月日】印发，发文字号为【字号】。[^1]截至{today.year}年{today.month}月{today.day}日核对时，《{title}》【现行有效／期满／是否现行有效未能核实】。[^1]

## 【小节标题，与原文的章条一致，法规写成“第九条　付款期限”】

《{title}》提出，【一句完整的话：写明主语、年份和单位，单独引用也成立，不用“该”“其”“上述”开头，不超过 120 字】。[^1]

## 待核实

【没有核实的内容放在这里，从不用作依据；没有就删去这一节。】

## 来源与说明

《{title}》摘编由编者用自己的话写成，不是原文，引用以原文为准。

[^1]: 官方页面：【网址】
"""

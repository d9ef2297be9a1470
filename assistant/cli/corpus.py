"""`assistant corpus check`, `new` and `table`: the tools of whoever writes documents."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.corpus.check import Shipped


def check(options: argparse.Namespace) -> int:
    """Print each finding with its file and line; 1 when there is one."""
    from assistant.corpus.check import check

    shipped = _shipped(options)
    checked = check(options.path or shipped.corpus, shipped)
    if options.json:
        found = [{"path": str(f.path), "line": f.line, "message": f.message} for f in checked.findings]
        print(
            json.dumps({"documents": len(checked.sources), "findings": found}, ensure_ascii=False, indent=2)
        )
    else:
        for finding in checked.findings:
            print(finding)
        result = f"{len(checked.findings)} 处要改" if checked.findings else "没有发现问题"
        print(f"检查了 {len(checked.sources)} 篇文档：{result}。")
    return 1 if checked.findings else 0


def new(options: argparse.Namespace) -> int:
    """Write a template that explains itself."""
    from datetime import date

    from assistant.corpus.template import new_document
    from assistant.library.framework import load_framework

    framework = load_framework(_shipped(options).framework)
    new_document(options.path, options.title or options.path.stem, framework, date.today())
    if options.json:
        print(json.dumps({"path": str(options.path)}, ensure_ascii=False))
    else:
        print(f"已写入 {options.path}。填好后运行 assistant corpus check {options.path}")
    return 0


def table(options: argparse.Namespace) -> int:
    """Print the table of models, pillars and their documents, or put it into the README of the corpus."""
    from assistant.corpus.check import document_files, read_all
    from assistant.corpus.table import table, write_table
    from assistant.library.framework import load_framework

    shipped = _shipped(options)
    sources, _ = read_all(document_files(shipped.corpus))
    text = table(load_framework(shipped.framework), {s.document.id: s.document for s in sources})
    if options.json:
        print(json.dumps({"table": text}, ensure_ascii=False))
    elif options.write:
        write_table(shipped.corpus / "README.md", text)
        print(f"已更新 {shipped.corpus / 'README.md'}。")
    else:
        print(text)
    return 0


def _shipped(options: argparse.Namespace) -> Shipped:
    from assistant.corpus.check import Shipped
    from assistant.corpus.sheets import load_sheet_figures
    from assistant.settings import load_settings

    settings = load_settings(home=options.home)
    figures = getattr(options, "figures", None)
    sheet = load_sheet_figures(figures) if figures else {}
    return Shipped(settings.corpus, settings.framework, settings.glossary, sheet)

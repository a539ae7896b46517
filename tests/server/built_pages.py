"""What `make web` builds and the server reads: the pages' templates and documents, without the scripts."""

import json
import re
from pathlib import Path

from graphql import parse, print_ast, separate_operations

from server.document_store import hash_of

WEB = Path(__file__).parents[2] / "web"
FOLDERS = {
    "home": "home",
    "compare": "comparison",
    "several": "several",
    "occupation": "occupation",
    "best-paid": "best-paid",
}
"""The folders of the pages' sources in web/src/, by page."""

OPERATION = re.compile(r"query (\w+)")


def documents() -> dict[str, str]:
    """Return the documents of the pages' scripts by id, as the build writes them."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "src").rglob("*.graphql")))
    texts = [print_ast(document) for document in separate_operations(parse(sources)).values()]
    return {f"sha256:{hash_of(text)}": text for text in texts}


DOCUMENTS = documents()


def document_of(operation: str) -> str:
    """Return the document of an operation of the pages' scripts."""
    [text] = [text for text in DOCUMENTS.values() if OPERATION.findall(text)[0] == operation]
    return text


def build(folder: Path) -> None:
    """Write what the server reads where `make web` builds it, without the scripts."""
    template = (WEB / "page.html").read_text(encoding="utf-8")
    for name, sources in FOLDERS.items():
        (folder / f"{name}.html").write_text(template.replace("PAGE", sources))
    (folder / "error.html").write_text((WEB / "error.html").read_text(encoding="utf-8"))
    (folder / "persisted-documents.json").write_text(json.dumps(DOCUMENTS))

"""Runs documents for any Strawberry schema: parses, validates, limits, compiles and executes them.

README.md in this folder explains the life of an operation and how to use the package in another project. The public
names are those of ``__all__``:

``Executor``, ``DocumentCache``  run the operations of a schema, and keep its documents
``Limits``                       the maxima of documents, operations and variables
``RequestError``                 raised for an operation that is refused
``Document``, ``Operation``      what ``DocumentCache`` returns
``Context``, ``Outcome``         what an operation is run with, and its result
``FragmentCache``                keeps encoded objects for reuse in later results
``PreparedDocument``             the extension that the Strawberry schema needs
``PausingExecutor``              the executor that lets other tasks run while Strawberry executes an operation
``core_schema``                  graphql-core's form of a Strawberry schema
"""

from execution.document_cache import Document, DocumentCache, Operation
from execution.errors import RequestError
from execution.executor import Executor, Outcome
from execution.fragments import FragmentCache
from execution.limits import Limits
from execution.run import Context
from execution.strawberry_fallback import PausingExecutor, PreparedDocument
from execution.type_refs import core_schema

__all__ = [
    "Context",
    "Document",
    "DocumentCache",
    "Executor",
    "FragmentCache",
    "Limits",
    "Operation",
    "Outcome",
    "PausingExecutor",
    "PreparedDocument",
    "RequestError",
    "core_schema",
]

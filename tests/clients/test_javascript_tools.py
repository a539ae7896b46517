"""GraphQL Inspector and GraphQL Code Generator, as frontend projects run them, against the running server."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, build_schema, lexicographic_sort_schema, print_schema

from server.trusted_documents import TrustedDocuments
from tests.clients.conftest import REPOSITORY

MODULES = REPOSITORY / "web" / "node_modules"
TOOLS = MODULES / ".bin"
WELCOME_QUERY = REPOSITORY / "web" / "src" / "playground" / "welcome-query.ts"

pytestmark = pytest.mark.skipif(
    not all((TOOLS / tool).exists() for tool in ("graphql-inspector", "graphql-codegen", "tsc")),
    reason="web/node_modules has no graphql-inspector, graphql-codegen or tsc: make web-tools installs them with npm",
)

# Whoever reaches out to another machine looks its name up first.
OFFLINE = """
require('node:dns').lookup = (name) => { throw new Error(`looked up ${name}`); };
"""

READER = """
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql } from './generated';

export const lead = graphql(`
  query Lead($left: String!, $right: String!) {
    comparison(left: { slug: $left }, right: { slug: $right }) {
      summary
      salary {
        annualMean {
          absolute
          higher
        }
      }
    }
  }
`);

export const variables: VariablesOf<typeof lead> = { left: 'media-producer', right: 'media-production-specialist' };

export function read(result: ResultOf<typeof lead>): [string[], number | null, 'LEFT' | 'RIGHT' | 'EQUAL' | null] {
  const mean = result.comparison?.salary?.annualMean;
  return [result.comparison?.summary ?? [], mean?.absolute ?? null, mean?.higher ?? null];
}

export function misread(result: ResultOf<typeof lead>): unknown {
  // @ts-expect-error The query does not ask for the percentage.
  return result.comparison?.salary?.annualMean?.percent;
}
"""

TYPESCRIPT: dict[str, object] = {
    "compilerOptions": {
        "strict": True,
        "target": "ES2022",
        "module": "ESNext",
        "moduleResolution": "Bundler",
        "types": [],
    },
    "files": ["reader.ts"],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a frontend project, with our tools as its own."""
    (tmp_path / "node_modules").symlink_to(MODULES, target_is_directory=True)
    (tmp_path / "offline.cjs").write_text(OFFLINE)
    return tmp_path


def run(project: Path, tool: str, *arguments: str) -> tuple[int, str]:
    """Run a tool in the project; return its exit status and what it wrote."""
    finished = subprocess.run(
        [str(TOOLS / tool), *arguments],
        cwd=project,
        env=os.environ | {"NODE_OPTIONS": f'--require "{project}/offline.cjs"', "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return finished.returncode, finished.stdout


def test_the_tools_cannot_reach_other_machines(project: Path) -> None:
    status, output = run(project, "graphql-inspector", "introspect", "http://rolegraph.invalid/graphql")
    assert status == 1
    assert "looked up rolegraph.invalid" in output


def test_inspector_finds_the_welcome_query_valid(project: Path, server_url: str) -> None:
    status, output = run(project, "graphql-inspector", "validate", str(WELCOME_QUERY), f"{server_url}/graphql")
    assert (status, output.strip()) == (0, "[success] All documents are valid")


def test_inspector_names_a_misspelt_field(project: Path, server_url: str) -> None:
    welcome = WELCOME_QUERY.read_text()
    assert welcome.count("annualMean") == 1
    (project / "misspelt.ts").write_text(welcome.replace("annualMean", "anualMean"))
    status, output = run(project, "graphql-inspector", "validate", "misspelt.ts", f"{server_url}/graphql")
    assert status == 1
    assert "Cannot query field anualMean on type SalaryComparison. Did you mean annualMean" in output


def test_inspector_introspects_the_committed_schema(project: Path, server_url: str) -> None:
    status, output = run(
        project, "graphql-inspector", "introspect", f"{server_url}/graphql", "--write", "introspected.graphql"
    )
    assert status == 0, output
    committed = build_schema((REPOSITORY / "schema.graphql").read_text())
    key = committed.get_type("OccupationKey")
    assert isinstance(key, GraphQLInputObjectType)
    # GraphQL Inspector 7 does not ask which inputs are @oneOf, so nothing can tell it.
    key.is_one_of = False
    introspected = build_schema((project / "introspected.graphql").read_text())
    assert print_schema(lexicographic_sort_schema(introspected)) == print_schema(lexicographic_sort_schema(committed))


def test_generated_types_hold_what_the_query_asks_for(project: Path, server_url: str) -> None:
    configuration = {
        "schema": f"{server_url}/graphql",
        "documents": ["reader.ts"],
        "generates": {"generated/": {"preset": "client"}},
    }
    (project / "codegen.json").write_text(json.dumps(configuration))
    (project / "tsconfig.json").write_text(json.dumps(TYPESCRIPT))
    (project / "reader.ts").write_text(READER)

    status, output = run(project, "graphql-codegen", "--config", "codegen.json")
    assert status == 0, output
    assert (
        "export type LeadQuery = { comparison: { summary: Array<string>,"
        " salary: { annualMean: { absolute: number | null, higher: Side | null } } | null } | null };"
    ) in (project / "generated" / "graphql.ts").read_text()

    assert run(project, "tsc", "--noEmit") == (0, "")


@pytest.mark.parametrize("persisted", [True, {"hashAlgorithm": "sha1"}])
def test_the_generated_manifest_is_one_of_trusted_documents(project: Path, persisted: object) -> None:
    configuration = {
        "schema": str(REPOSITORY / "schema.graphql"),
        "documents": ["reader.ts"],
        "generates": {"generated/": {"preset": "client", "presetConfig": {"persistedDocuments": persisted}}},
    }
    (project / "codegen.json").write_text(json.dumps(configuration))
    (project / "reader.ts").write_text(READER)

    status, output = run(project, "graphql-codegen", "--config", "codegen.json")
    assert status == 0, output
    manifest = project / "generated" / "persisted-documents.json"
    trusted = TrustedDocuments.read(manifest)
    [(document_id, text)] = json.loads(manifest.read_text()).items()
    assert text.startswith("query Lead(")
    assert trusted.get(document_id) == text
    assert trusted.trusts(text)
    # The program sends the id that the manifest has.
    assert f'"{document_id}"' in (project / "generated" / "graphql.ts").read_text()

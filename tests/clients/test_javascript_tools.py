"""GraphQL Inspector and GraphQL Code Generator, as frontend projects run them, against the running server."""

import json
import os
import re
import select
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLScalarType, build_schema, lexicographic_sort_schema, print_schema

from server.trusted_documents import TrustedDocuments
from tests.clients.client_tools import OFFLINE
from tests.clients.conftest import REPOSITORY

MODULES = REPOSITORY / "web" / "node_modules"
TOOLS = MODULES / ".bin"
WELCOME_QUERY = REPOSITORY / "web" / "src" / "playground" / "welcome-query.ts"

pytestmark = pytest.mark.skipif(
    not all((TOOLS / tool).exists() for tool in ("graphql-inspector", "graphql-codegen", "tsc")),
    reason="web/node_modules has no graphql-inspector, graphql-codegen or tsc: make web-tools installs them with npm",
)

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
  // @ts-expect-error The query has no percentage.
  return result.comparison?.salary?.annualMean?.percent;
}
"""

SECONDS = 60
"""Seconds after which a test fails because something hangs."""

TYPESCRIPT: dict[str, object] = {
    "compilerOptions": {
        "strict": True,
        "skipLibCheck": True,
        "target": "ES2022",
        "lib": ["ES2022"],
        "module": "ESNext",
        "moduleResolution": "Bundler",
        "types": [],
    },
    "files": ["reader.ts"],
}


class Tools:
    """GraphQL Inspector and GraphQL Code Generator, whose commands run one after another in one process of Node."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, folder: Path, tool: str, *arguments: str) -> tuple[int, str]:
        """Run a command in a folder; return its exit status and output."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([str((TOOLS / tool).resolve()), arguments, str(folder)]), file=self._process.stdin, flush=True)
        assert select.select([self._process.stdout], [], [], SECONDS)[0], f"{tool} hangs"
        status, output = json.loads(self._process.stdout.readline())
        return status, output


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    """The tools, which cannot reach other machines."""
    offline = tmp_path_factory.mktemp("offline") / "offline.cjs"
    offline.write_text(OFFLINE)
    with subprocess.Popen(
        ["node", "--require", str(offline), str(Path(__file__).with_name("tool_runner.cjs"))],
        env=os.environ | {"NO_COLOR": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Tools(process)
            assert process.stdin
            process.stdin.close()
            assert process.wait(SECONDS) == 0
        finally:
            process.kill()


def new_project(folder: Path) -> Path:
    """Set up a folder as a frontend project that uses our tools."""
    (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a frontend project."""
    return new_project(tmp_path)


def check_types(project: Path) -> tuple[int, str]:
    """Run tsc in the project; return its exit status and output."""
    finished = subprocess.run(
        [str(TOOLS / "tsc"), "--noEmit"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return finished.returncode, finished.stdout


def test_the_tools_cannot_reach_other_machines(tools: Tools, project: Path) -> None:
    status, output = tools.run(project, "graphql-inspector", "introspect", "http://rolegraph.invalid/graphql")
    assert status == 1
    assert "looked up rolegraph.invalid" in output


def test_inspector_finds_the_welcome_query_valid(tools: Tools, project: Path, server_url: str) -> None:
    status, output = tools.run(project, "graphql-inspector", "validate", str(WELCOME_QUERY), f"{server_url}/graphql")
    assert (status, output.strip()) == (0, "[success] All documents are valid")


def test_the_command_for_deprecated_fields_runs(tools: Tools, project: Path, server_url: str) -> None:
    """The command of docs/evolution.md, which reads the schema with its directives from a server."""
    evolution = (REPOSITORY / "docs" / "evolution.md").read_text(encoding="utf-8")
    [command] = re.findall(r"^npx (graphql-inspector validate .*) --deprecated$", evolution, re.MULTILINE)
    (project / "src").mkdir()
    (project / "src" / "nation.graphql").write_text('query Nation { area(code: "US") { name } }')
    command = command.replace("https://api.example.org", server_url)
    status, output = tools.run(project, *shlex.split(command), "--deprecated")
    assert (status, output.strip()) == (0, "[success] All documents are valid")


def test_inspector_names_a_misspelled_field(tools: Tools, project: Path, server_url: str) -> None:
    welcome = WELCOME_QUERY.read_text()
    assert welcome.count("annualMean") == 1
    (project / "misspelled.ts").write_text(welcome.replace("annualMean", "anualMean"))
    status, output = tools.run(project, "graphql-inspector", "validate", "misspelled.ts", f"{server_url}/graphql")
    assert status == 1
    assert "Cannot query field anualMean on type SalaryComparison. Did you mean annualMean" in output


def test_inspector_introspects_the_committed_schema(tools: Tools, project: Path, server_url: str) -> None:
    status, output = tools.run(
        project, "graphql-inspector", "introspect", f"{server_url}/graphql", "--write", "introspected.graphql"
    )
    assert status == 0, output
    committed = build_schema((REPOSITORY / "schema.graphql").read_text())
    key = committed.get_type("OccupationKey")
    assert isinstance(key, GraphQLInputObjectType)
    # GraphQL Inspector 7 does not query isOneOf, specifiedByURL or the schema's description.
    key.is_one_of = False
    committed.description = None
    for type_ in committed.type_map.values():
        if isinstance(type_, GraphQLScalarType):
            type_.specified_by_url = None
    introspected = build_schema((project / "introspected.graphql").read_text())
    assert print_schema(lexicographic_sort_schema(introspected)) == print_schema(lexicographic_sort_schema(committed))


@pytest.fixture(scope="module")
def generated(tools: Tools, tmp_path_factory: pytest.TempPathFactory, server_url: str) -> Path:
    """A project in which one run of the generator made types, and manifests with two kinds of hashes."""
    folder = new_project(tmp_path_factory.mktemp("generated"))
    committed = str(REPOSITORY / "schema.graphql")

    def client(schema: str, **options: object) -> dict[str, object]:
        return {"schema": schema, "preset": "client", "presetConfig": options}

    configuration = {
        "documents": ["reader.ts"],
        "generates": {
            "generated/": client(f"{server_url}/graphql"),
            "default/": client(committed, persistedDocuments=True),
            "sha1/": client(committed, persistedDocuments={"hashAlgorithm": "sha1"}),
        },
    }
    (folder / "codegen.json").write_text(json.dumps(configuration))
    (folder / "tsconfig.json").write_text(json.dumps(TYPESCRIPT))
    (folder / "reader.ts").write_text(READER)
    status, output = tools.run(folder, "graphql-codegen", "--config", "codegen.json")
    assert status == 0, output
    return folder


def test_generated_types_match_the_query(generated: Path) -> None:
    assert (
        "export type LeadQuery = { comparison: { summary: Array<string>,"
        " salary: { annualMean: { absolute: number | null, higher: HigherSide | null } } | null } | null };"
    ) in (generated / "generated" / "graphql.ts").read_text()
    assert check_types(generated) == (0, "")


@pytest.mark.parametrize("folder", ["default", "sha1"])
def test_the_generated_manifest_works_as_trusted_documents(generated: Path, folder: str) -> None:
    manifest = generated / folder / "persisted-documents.json"
    trusted = TrustedDocuments.read(manifest)
    [(document_id, text)] = json.loads(manifest.read_text()).items()
    assert text.startswith("query Lead(")
    assert trusted.get(document_id) == text
    assert trusted.trusts(text)
    # The program sends the manifest's id.
    assert f'"{document_id}"' in (generated / folder / "graphql.ts").read_text()


README = (REPOSITORY / "README.md").read_text(encoding="utf-8")

KEYS = """
import { graphql } from './gql';
import type { CompareQueryVariables } from './gql/graphql';

export const compare = graphql(`
  query Compare($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      id
      left {
        salary {
          source {
            retrieved
            url
          }
        }
      }
    }
  }
`);

export const sides: CompareQueryVariables = { left: { code: '27-2012' }, right: { title: 'writer' } };
// @ts-expect-error A key has exactly one field.
export const both: CompareQueryVariables = { left: { code: '27-2012', title: 'writer' }, right: { code: '27-2012' } };
"""


def test_the_configuration_in_the_readme_types_keys_and_scalars_exactly(
    tools: Tools, project: Path, server_url: str
) -> None:
    [configuration] = re.findall(r"^```ts\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    (project / "codegen.ts").write_text(configuration.replace("http://127.0.0.1:8000", server_url))
    (project / "src").mkdir()
    (project / "src" / "keys.ts").write_text(KEYS)
    (project / "tsconfig.json").write_text(json.dumps(TYPESCRIPT | {"files": ["src/keys.ts"]}))
    status, output = tools.run(project, "graphql-codegen", "--config", "codegen.ts")
    assert status == 0, output
    generated = (project / "src" / "gql" / "graphql.ts").read_text()
    assert "retrieved: string | null, url: string | null" in generated
    assert check_types(project) == (0, "")

"""The examples in docs/clients, each built and run against the running server: their output, requests and warnings."""

import json
import runpy
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from graphql import build_schema

from tests.clients.client_tools import CLIENTS, MODULES, OFFLINE, needs_modules, run
from tests.clients.conftest import REPOSITORY
from tests.clients.connections import CONNECTIONS, known_ids

BUILD = CLIENTS / "build"
ARIADNE = CLIENTS / "ariadne-codegen"
PYTHON = CLIENTS / ".venv" / "bin" / "python"
SDL = (REPOSITORY / "schema.graphql").read_text(encoding="utf-8")

needs_ariadne = pytest.mark.skipif(
    not PYTHON.exists(), reason="docs/clients/.venv is missing: make client-tools installs ariadne-codegen"
)

COMPARISON = """\
Producers and Directors and Public Relations Specialists
Mean pay: $113,300 and $84,120
Difference: $29,180, SIGNIFICANT
Wages of May 2025
medianAge: 41.7 and 40.1 YEARS
"""
OPENED_TWICE = """\
Requests: 3
Requests after opening the page again: 3
"""
LIST = """\
Pediatric Surgeons: $502,050
Cardiologists: $454,940
Radiologists: $381,530
Surgeons, All Other: $373,930
Orthopedic Surgeons, Except Pediatric: $373,570
Anesthesiologists: $360,570
"""
TWO_PAGES = "Requests with two pages of a list: 5\n"

SECTIONS = ["Lead", "Pay", "People"]
PAGES = ["BestPaid", "BestPaid"]

# In these modes the libraries print their warnings.
DEVELOPMENT = {"NODE_ENV": "development", "NODE_OPTIONS": "--conditions=development"}

SECONDS_TO_LOG = 5


@pytest.fixture
def operations(server_url: str, server_log: Path) -> Callable[[], list[str]]:
    """Returns the operations that the server has logged since the start of the test, sorted."""

    def position() -> int:
        # The log is in order but late: it is complete up to the line of another request.
        name = f"Mark{uuid4().hex}"
        request = {"query": f"query {name} {{ __typename }}"}
        assert httpx2.post(f"{server_url}/graphql", json=request, trust_env=False).status_code == 200
        deadline = time.monotonic() + SECONDS_TO_LOG
        while (found := server_log.read_bytes().find(name.encode())) < 0:
            assert time.monotonic() < deadline, "The server does not write its log"
            time.sleep(0.01)
        return found

    start = position()

    def logged() -> list[str]:
        end = position()
        # Between the lines of the two marks.
        lines = server_log.read_bytes()[start:end].splitlines()[1:-1]
        return sorted(json.loads(line)["operation"] for line in lines)

    return logged


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built examples in TypeScript. The build cannot reach other machines."""
    offline = tmp_path_factory.mktemp("offline") / "offline.cjs"
    offline.write_text(OFFLINE)
    status, output, errors = run(
        "npm", "run", "--silent", "build", environment={"NODE_OPTIONS": f'--require "{offline}"'}
    )
    assert status == 0, output + errors
    return BUILD


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built examples."""
    shutil.copytree(built, tmp_path / "build")
    shutil.copy(CLIENTS / "package.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(MODULES, target_is_directory=True)
    return tmp_path


@needs_modules
@pytest.mark.parametrize(
    ("example", "names"),
    [
        ("apollo/example.js", SECTIONS + PAGES),
        ("urql/example.js", SECTIONS + PAGES),
        (
            "relay/relay/example.js",
            ["exampleLeadQuery", "exampleListNextQuery", "exampleListQuery", "examplePayQuery", "examplePeopleQuery"],
        ),
    ],
)
def test_a_page_of_three_sections_takes_three_requests_and_none_when_opened_again(
    built: Path, server_url: str, operations: Callable[[], list[str]], example: str, names: list[str]
) -> None:
    status, output, warnings = run("node", built / example, f"{server_url}/graphql", environment=DEVELOPMENT)
    assert (status, warnings) == (0, "")
    assert output == COMPARISON + OPENED_TWICE + LIST + TWO_PAGES
    assert operations() == sorted(names)


DEFAULT_CACHES = {
    "apollo": """
        import { InMemoryCache } from '@apollo/client';
        export const newCache = () => new InMemoryCache();
    """,
    "urql": """
        import { cacheExchange } from '@urql/exchange-graphcache';
        export const newCache = () => cacheExchange({});
    """,
}


@needs_modules
@pytest.mark.parametrize(
    ("client", "warning"),
    [
        ("apollo", "Cache data may be lost when replacing the salary field of a Comparison object."),
        ("urql", "create a custom `keys` config for `SalaryComparison`"),
    ],
)
def test_a_cache_without_configuration_warns(project: Path, server_url: str, client: str, warning: str) -> None:
    (project / "build" / client / "cache.js").write_text(DEFAULT_CACHES[client])
    status, output, warnings = run(
        "node", f"build/{client}/example.js", f"{server_url}/graphql", folder=project, environment=DEVELOPMENT
    )
    assert status == 0
    assert output.startswith(COMPARISON)
    assert warning in warnings


READ_TWO_PAGES = """
import { ApolloClient, gql, HttpLink } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { newCache as apolloCache } from './build/apollo/cache.js';
import { newCache as urqlCache } from './build/urql/cache.js';

const [url, lists] = process.argv.slice(2);
const apollo = new ApolloClient({ link: new HttpLink({ uri: url }), cache: apolloCache() });
const urql = new Client({ url, exchanges: [urqlCache(), fetchExchange] });

const cursors = {};
for (const [name, { text, id, path }] of Object.entries(JSON.parse(lists))) {
  const query = gql(text);
  const page = (data) => path.reduce((value, key) => value[key], data);
  const read = (data) => page(data).edges.map((edge) => edge.cursor);

  const { data: first } = await apollo.query({ query, variables: { id } });
  const after = page(first).pageInfo.endCursor;
  const { data: second } = await apollo.query({ query, variables: { id, after }, fetchPolicy: 'no-cache' });
  // As fetchMore does: without this policy the cache answers with what it has of the list.
  await apollo.query({ query, variables: { id, after }, fetchPolicy: 'network-only' });
  const joined = apollo.readQuery({ query, variables: { id } });

  await urql.query(query, { id });
  const next = await urql.query(query, { id, after });
  cursors[name] = [read(first).concat(read(second)), read(joined), read(next.data)];
}
console.log(JSON.stringify(cursors));
"""


@needs_modules
def test_the_pages_of_every_connection_join_in_the_caches_of_apollo_and_urql(project: Path, server_url: str) -> None:
    ids = known_ids(server_url)
    lists: dict[str, object] = {}
    for connection in CONNECTIONS:
        item = "{ id }" if connection.has_ids else "{ __typename }"
        items = f"{{ edges {{ cursor node {item} }} pageInfo {{ hasNextPage endCursor }} }}"
        selection = connection.selection("first: 2, after: $after", items)
        if connection.start == "Query":
            query = f"query List($after: String) {{ {selection} }}"
            lists[connection.name] = {"text": query, "path": connection.path}
        else:
            query = (
                f"query List($id: ID!, $after: String) {{"
                f" node(id: $id) {{ id ... on {connection.start} {{ {selection} }} }} }}"
            )
            path = ["node", *connection.path]
            lists[connection.name] = {"text": query, "path": path, "id": ids[connection.start]}
    (project / "pages.js").write_text(READ_TWO_PAGES)
    status, output, warnings = run(
        "node", "pages.js", f"{server_url}/graphql", json.dumps(lists), folder=project, environment=DEVELOPMENT
    )
    assert (status, warnings) == (0, "")
    cursors: dict[str, list[list[str]]] = json.loads(output)
    assert cursors.keys() == lists.keys()
    for name, (both, apollo, urql) in cursors.items():
        assert len(set(both)) == len(both) > 2, name
        assert apollo == urql == both, name


@needs_modules
def test_gql_tada_needs_no_client(built: Path, server_url: str, operations: Callable[[], list[str]]) -> None:
    finished = run("node", built / "gql-tada" / "example.js", f"{server_url}/graphql", environment=DEVELOPMENT)
    assert finished == (0, COMPARISON + LIST, "")
    assert operations() == sorted(SECTIONS + PAGES)


def test_gql_checks_queries_against_the_schema_that_it_requests_first(
    server_url: str, operations: Callable[[], list[str]]
) -> None:
    finished = run(sys.executable, "-W", "error", "python-gql/example.py", f"{server_url}/graphql")
    assert finished == (0, COMPARISON + LIST, "")
    assert operations() == sorted(["IntrospectionQuery", "Compare", *PAGES])


@needs_ariadne
def test_ariadne_codegen_writes_a_typed_client(
    tmp_path: Path, pytestconfig: pytest.Config, server_url: str, operations: Callable[[], list[str]]
) -> None:
    status, output, errors = run(PYTHON.with_name("ariadne-codegen"), folder=ARIADNE)
    assert (status, errors) == (0, ""), output
    # Later runs only check what has changed.
    types = pytestconfig.cache.mkdir("mypy") if pytestconfig.cache else tmp_path
    mypy = ["mypy", "--strict", "--config-file=", f"--cache-dir={types}", f"--python-executable={PYTHON}"]
    status, output, errors = run(sys.executable, "-m", *mypy, "example.py", folder=ARIADNE)
    assert (status, errors) == (0, ""), output
    finished = run(PYTHON, "-W", "error", "example.py", f"{server_url}/graphql", folder=ARIADNE)
    assert finished == (0, COMPARISON + LIST, "")
    assert operations() == sorted(["Compare", *PAGES])


def test_the_configurations_of_caches_are_those_of_the_schema() -> None:
    configurations = runpy.run_path(str(CLIENTS / "caches.py"))["configurations"]
    texts: dict[str, str] = configurations(build_schema(SDL))
    written = {path: (CLIENTS / path).read_text(encoding="utf-8") for path in texts}
    assert written == texts, "make schema writes them"
    assert list(texts) == ["apollo/cache.ts", "urql/cache.ts", "relay.config.json"]

"""docs/settings.md and the README list exactly the settings of the code, with their defaults."""

import json
import re
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from server.settings import Settings, rate_of
from tests.conftest import Api

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| `(--[a-z-]+)` \| (?:`([^`]*)` )?\| (.+) \|$", re.MULTILINE)


def row(name: str, field: FieldInfo) -> tuple[str, str, str]:
    """Return the variable, the option and the default of a setting, as in the tables."""
    default = "" if field.default in (None, "") else str(field.default)
    return name.upper(), f"--{name.replace('_', '-')}", default.lower() if isinstance(field.default, bool) else default


OTHERS = {
    *("POSTGRES_PASSWORD", "READER_PASSWORD", "SERVER_MEMORY", "PYTHONDONTWRITEBYTECODE"),
    *("OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER", "OTEL_EXPORTER_OTLP_HEADERS"),
}
"""Names that look like settings and are variables of compose.yaml, Python or OpenTelemetry."""

SETTINGS = [row(name, field) for name, field in Settings.model_fields.items()]


def test_the_page_has_every_setting_in_order_and_no_other() -> None:
    assert [found[:3] for found in ROW.findall(PAGE)] == SETTINGS


def test_the_page_groups_them_as_the_code_does() -> None:
    code = (ROOT / "server" / "settings.py").read_text(encoding="utf-8")
    body = code.partition("cli_kebab_case=True)\n\n")[2].partition("\n    @property")[0]
    groups = [re.findall(r"^    (\w+):", group, re.MULTILINE) for group in body.split("\n\n")]
    sections = [[variable.lower() for variable, *_ in ROW.findall(section)] for section in PAGE.split("\n## ")]
    assert [section for section in sections if section] == [group for group in groups if group]


def test_the_readme_names_settings_as_they_are() -> None:
    found = [entry[:3] for entry in ROW.findall(README)]
    assert 0 < len(found) <= 8
    assert [entry for entry in found if entry not in SETTINGS] == []


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/production.md", "docs/postgresql.md"])
def test_pages_name_only_existing_settings(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    # Names in the text, and names that code blocks assign.
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)[`=]", text)) | set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)*)=\S", text))
    assert named - {variable for variable, *_ in SETTINGS} <= OTHERS


def test_what_is_refused_for_each_limit_is_described() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)` \| `[A-Z_]+` \| (?:`\w+` )?\| ", PAGE, re.MULTILINE))
    limits = {name.upper() for name in Settings.model_fields if name.startswith("max_")} - {
        "MAX_PERSISTED_BYTES",
        "MAX_UNSENT_BYTES",
    }
    assert limits | {"EXECUTION_TIMEOUT", "CLIENT_TIMEOUT", "RATE_LIMIT", "TRUSTED_DOCUMENTS_ONLY"} == described


def test_the_refusal_on_the_page_is_what_a_client_gets(api: Api) -> None:
    [example] = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if "errors" in block]
    response = api.post("{ occupations(first: 100) { nodes { skills(first: 99) { nodes { level } } } } }")
    assert response.json() == example


def test_the_cost_on_the_page_is_what_a_client_gets(api: Api) -> None:
    [query] = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
    [example] = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if '"data"' in block]
    response = api.http.post("/graphql", json={"query": query, "extensions": {"cost": True}})
    assert response.json()["extensions"] == example["extensions"]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("600000/minute", (600_000, 60)),
        (" 7 per hour ", (7, 3_600)),
        ("20/2 seconds", (20, 2)),
        ("100 PER 3 Days", (100, 3 * 86_400)),
    ],
)
def test_a_rate_is_a_quota_and_a_window(text: str, rate: tuple[int, int]) -> None:
    assert rate_of(text) == rate


@pytest.mark.parametrize(
    "text",
    ["", "7", "0/minute", "7/0 minutes", "-7/minute", "7/month", "1.5/hour", "7/hour;9/day", "\u0667/day", "7/dayss"],
)
def test_anything_else_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="not a rate"):
        rate_of(text)

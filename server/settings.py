"""The server's settings, from the command line, the environment or the defaults, in this order."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.location import DEFAULT_URL, Pool
from resolvers.page_size import LARGEST_SIZE


class Settings(BaseSettings):
    """The server's settings. The environment variable of each is its name in capitals.

    Lists are written with commas. docs/settings.md describes each setting; a test fails if it leaves one out.
    """

    model_config = SettingsConfigDict(cli_prog_name="python -m server", cli_kebab_case=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="Number of worker processes")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Minimum log level")
    log_share: float = Field(
        default=1, ge=0, le=1, description="Share of the requests answered with 200 and no error that are logged"
    )
    log_client_address: bool = Field(default=True, description="Whether log lines name the client's address")

    database_url: str = Field(default=DEFAULT_URL, description="Database to read")
    database_replica_url: str | None = Field(
        default=None,
        description="Replica to read instead of DATABASE_URL",
    )
    database_pool_size: int = Field(
        default=Pool.size, ge=1, le=1000, description="PostgreSQL: maximum connections per process for operations"
    )
    database_pool_timeout: float = Field(
        default=Pool.timeout_seconds,
        gt=0,
        description="PostgreSQL: seconds that a statement waits for a free connection",
    )
    database_prepared_statements: bool = Field(
        default=Pool.prepares,
        description="PostgreSQL: whether frequent statements are prepared; false behind an older PgBouncer",
    )
    row_cache_rows: int = Field(default=80_000, ge=0, description="Maximum rows that each process caches; 0 for none")

    max_body_bytes: int = Field(default=100_000, ge=1, description="Maximum bytes of a request body, and of a URL")
    max_tokens: int = Field(default=1_000, ge=1, description="Maximum tokens of a document")
    max_depth: int = Field(default=10, ge=1, description="Maximum nesting depth of fields")
    max_aliases: int = Field(default=30, ge=0, description="Maximum aliases in a document")
    max_directives: int = Field(default=50, ge=0, description="Maximum directives in a document")
    max_root_fields: int = Field(default=20, ge=1, description="Maximum root fields of an operation")
    max_list_length: int = Field(default=250, ge=1, description="Maximum items of a list in the input")
    max_page_size: int = Field(
        default=LARGEST_SIZE, ge=1, le=LARGEST_SIZE, description="Maximum value of first and last"
    )
    max_cost: int = Field(
        default=10_000, ge=1, description="Maximum cost of an operation, in plain objects: see docs/settings.md"
    )
    max_answer_bytes: int = Field(default=5_000_000, ge=1, description="Maximum bytes of an answer")

    execution_timeout: float = Field(default=10, gt=0, description="Seconds that an operation may run")
    max_in_flight: int = Field(default=100, ge=1, description="Maximum operations that a process runs concurrently")
    max_unsent_bytes: int = Field(
        default=50_000_000, ge=1, description="Maximum bytes of responses that a process keeps for clients to read"
    )
    client_timeout: float = Field(
        default=10,
        gt=0,
        description="Seconds that a client may take to send a request, or to read 256 KiB of a response",
    )
    keep_alive_timeout: int = Field(default=15, ge=1, description="Seconds that an idle connection stays open")
    shutdown_timeout: int = Field(
        default=30, ge=1, description="Seconds that requests in flight may take to finish when the server stops"
    )

    rate_limit: str | None = Field(
        default=None,
        description="Cost that one client may spend in a time window, such as 600000/minute; unset for no limit",
    )
    trusted_proxies: str = Field(
        default="", description="Addresses or networks of proxies whose X-Forwarded-For is trusted"
    )
    valkey_url: str | None = Field(
        default=None,
        description="Valkey or Redis server through which processes share rate limits and persisted operations",
    )

    max_persisted_bytes: int = Field(
        default=16_000_000, ge=1, description="Maximum bytes of stored persisted operations"
    )
    trusted_documents: Path | None = Field(
        default=None, description="Manifest of trusted documents, as GraphQL Code Generator, Relay or Apollo write it"
    )
    trusted_documents_only: bool = Field(default=False, description="Whether to refuse all other documents")

    compiled_execution: bool = Field(
        default=True, description="Whether operations are compiled, which is faster than execution by Strawberry"
    )
    fragment_cache_bytes: int = Field(
        default=32_000_000, ge=0, description="Maximum bytes of cached response fragments; 0 for none"
    )
    answer_cache_bytes: int = Field(
        default=32_000_000, ge=0, description="Maximum bytes of cached responses; 0 for none"
    )

    cache_seconds: int = Field(
        default=0,
        ge=0,
        description="Seconds that HTTP caches may serve the response to a GET before they revalidate it",
    )
    site_url: str | None = Field(
        default=None,
        description="Origin of the pages, such as https://example.org, for canonical addresses and /sitemap.xml",
    )
    cors_origins: str = Field(default="", description="Origins whose pages may read responses, or * for all")
    cors_request_headers: str = Field(
        default="*", description="Request headers that pages of these origins may send, or * for any"
    )
    metrics: bool = Field(default=False, description="Whether to serve Prometheus metrics at /metrics")
    otlp_endpoint: str | None = Field(
        default=None,
        description="OTLP endpoint for traces, such as http://localhost:4318/v1/traces; unset for no tracing",
    )

    federation: bool = Field(default=False, description="Whether the API is a subgraph of Apollo Federation 2")

    mcp: bool = Field(default=False, description="Whether to serve the Model Context Protocol for assistants at /mcp")
    mcp_hosts: str = Field(
        default="", description="Host names by which clients may reach /mcp, besides those of this machine"
    )

    @property
    def reading_url(self) -> str:
        """The database that requests read."""
        return self.database_replica_url or self.database_url

    @property
    def pool(self) -> Pool:
        """The connection pool for that database."""
        return Pool(self.database_pool_size, self.database_pool_timeout, self.database_prepared_statements)

    @field_validator("rate_limit")
    @classmethod
    def _is_a_rate(cls, rate: str | None) -> str | None:
        if rate:
            try:
                rate_of(rate)
            except ValueError:
                raise ValueError("must be like 600000/minute") from None
        return rate or None

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, networks: str) -> str:
        for network in split_list(networks):
            ip_network(network)
        return networks

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: str) -> str:
        for origin in split_list(origins):
            if origin != "*":
                _check_origin(origin)
        return origins

    @field_validator("site_url")
    @classmethod
    def _is_an_origin(cls, url: str | None) -> str | None:
        if url:
            _check_origin(url)
        return url or None

    @field_validator("valkey_url")
    @classmethod
    def _is_a_valkey_url(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme not in ("valkey", "valkeys", "redis", "rediss", "unix"):
            raise ValueError("must be like valkey://host:6379/0")
        return url or None

    @field_validator("otlp_endpoint")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc):
            raise ValueError("must be like http://host:4318/v1/traces")
        return url or None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.rate_limit and rate_of(self.rate_limit).quota < self.max_cost:
            raise ValueError("RATE_LIMIT must be at least MAX_COST")
        if self.max_unsent_bytes < self.max_answer_bytes:
            raise ValueError("MAX_UNSENT_BYTES must be at least MAX_ANSWER_BYTES")
        if self.trusted_documents_only and self.trusted_documents is None:
            raise ValueError("TRUSTED_DOCUMENTS_ONLY requires TRUSTED_DOCUMENTS")
        return self


def _check_origin(url: str) -> None:
    """Raise ValueError unless a URL is a scheme and a host, without a path."""
    address = urlsplit(url)
    if not address.netloc or url != f"{address.scheme}://{address.netloc}":
        raise ValueError(f"{url!r} is not an origin; write it as https://example.org")


class Rate(NamedTuple):
    """A quota, and the seconds of its time window."""

    quota: int
    seconds: int


_RATE = re.compile(
    r"\s*([1-9][0-9]*)\s*(?:/|per)\s*([1-9][0-9]*)?\s*(second|minute|hour|day)s?\s*", re.ASCII | re.IGNORECASE
)
_SECONDS = {"second": 1, "minute": 60, "hour": 60 * 60, "day": 24 * 60 * 60}


def rate_of(text: str) -> Rate:
    """Read a rate such as ``600000/minute`` or ``100 per 2 hours``; raise ValueError if it is not a rate."""
    found = _RATE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a rate: {text!r}")
    quota, number, unit = found.groups()
    return Rate(int(quota), int(number or 1) * _SECONDS[unit.lower()])


def split_list(text: str) -> list[str]:
    """Return the items of a list that is written with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def problems(error: ValidationError) -> list[str]:
    """Return one line for each invalid setting."""
    return [
        ": ".join((*map(str.upper, map(str, problem["loc"])), problem["msg"].removeprefix("Value error, ")))
        for problem in error.errors()
    ]

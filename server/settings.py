"""What an operator can set: by the command line, else by the environment, else by default."""

from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import limits
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.location import DEFAULT_URL, Pool
from resolvers.connections import LARGEST_SIZE


class Settings(BaseSettings):
    """The server's settings; the environment variable of each is its name in capitals.

    Lists are written with commas. docs/settings.md says more of each, and a test fails on one that it leaves out.
    """

    model_config = SettingsConfigDict(cli_prog_name="python -m server", cli_kebab_case=True)

    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="the port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="how many processes serve")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least level logged"
    )

    database_url: str = Field(default=DEFAULT_URL, description="the database to read")
    database_replica_url: str | None = Field(
        default=None,
        description="a copy of the database, to read that instead and leave the original to those who write",
    )
    database_pool_size: int = Field(
        default=Pool.size, ge=1, le=1000, description="PostgreSQL: how many connections a process reads through at most"
    )
    database_pool_timeout: float = Field(
        default=Pool.timeout_seconds, gt=0, description="PostgreSQL: how many seconds a statement waits for one of them"
    )
    row_cache_rows: int = Field(
        default=80_000, ge=0, description="how many rows a process keeps in memory to have them again; 0 for none"
    )

    max_body_bytes: int = Field(default=100_000, ge=1, description="how many bytes a request's body may have")
    max_tokens: int = Field(default=1_000, ge=1, description="how many tokens a document may have")
    max_depth: int = Field(default=10, ge=1, description="how deep a document's fields may be nested")
    max_aliases: int = Field(default=30, ge=0, description="how many fields of a document may have an alias")
    max_directives: int = Field(default=50, ge=0, description="how many directives a document may have")
    max_root_fields: int = Field(default=20, ge=1, description="how many fields an operation may ask of the query")
    max_list_length: int = Field(default=250, ge=1, description="how many items a list in the input may have")
    max_page_size: int = Field(
        default=LARGEST_SIZE, ge=1, le=LARGEST_SIZE, description="how many items a page may be asked to have"
    )
    max_cost: int = Field(default=5_000, ge=1, description="how many objects an operation may ask for")

    execution_timeout: float = Field(default=10, gt=0, description="how many seconds an operation may run")
    max_in_flight: int = Field(default=100, ge=1, description="how many operations a process runs at once")
    client_timeout: float = Field(
        default=10, gt=0, description="how many seconds a client may take to send a request, or to take its answer"
    )
    keep_alive_timeout: int = Field(
        default=15, ge=1, description="how many seconds a connection may wait for its next request"
    )
    shutdown_timeout: int = Field(
        default=30, ge=1, description="how many seconds a request in flight may take to end once the server must stop"
    )

    rate_limit: str | None = Field(
        default=None, description="the cost that a client may ask for in a time, such as 60000/minute; none if unset"
    )
    trusted_proxies: str = Field(
        default="", description="the addresses or networks of proxies whose X-Forwarded-For is believed"
    )
    valkey_url: str | None = Field(
        default=None, description="a Valkey or Redis server, through which processes share rate limits and operations"
    )

    max_persisted_bytes: int = Field(
        default=16_000_000, ge=1, description="how many bytes of persisted operations are kept"
    )
    trusted_documents: Path | None = Field(
        default=None, description="a manifest of trusted documents, as GraphQL Code Generator writes it"
    )
    trusted_documents_only: bool = Field(default=False, description="whether to refuse all other documents")

    compiled_execution: bool = Field(
        default=True, description="whether operations are compiled to run faster, instead of being run by Strawberry"
    )
    fragment_cache_bytes: int = Field(
        default=32_000_000, ge=0, description="how many bytes of encoded parts of answers are kept in memory"
    )
    answer_cache_bytes: int = Field(
        default=32_000_000, ge=0, description="how many bytes of whole answers are kept in memory"
    )

    cache_seconds: int = Field(
        default=0, ge=0, description="how long caches may serve an answer before they ask whether it has changed"
    )
    cors_origins: str = Field(default="", description="the origins whose pages may read answers, or *")
    metrics: bool = Field(default=False, description="whether /metrics is served")
    otlp_endpoint: str | None = Field(
        default=None, description="where traces are sent, such as http://localhost:4318/v1/traces; nowhere if unset"
    )

    @property
    def reading_url(self) -> str:
        """The database that requests read."""
        return self.database_replica_url or self.database_url

    @property
    def pool(self) -> Pool:
        """How it is connected to."""
        return Pool(self.database_pool_size, self.database_pool_timeout)

    @field_validator("rate_limit")
    @classmethod
    def _is_a_rate(cls, rate: str | None) -> str | None:
        if rate:
            try:
                limits.parse(rate)
            except ValueError:
                raise ValueError("write it as 60000/minute") from None
        return rate or None

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, networks: str) -> str:
        for network in listed(networks):
            ip_network(network)
        return networks

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: str) -> str:
        for origin in listed(origins):
            address = urlsplit(origin)
            if origin != "*" and (not address.netloc or origin != f"{address.scheme}://{address.netloc}"):
                raise ValueError(f"{origin!r} is no origin; write it as https://example.org")
        return origins

    @field_validator("valkey_url")
    @classmethod
    def _is_a_valkey_url(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme not in ("valkey", "valkeys", "redis", "rediss", "unix"):
            raise ValueError("write it as valkey://host:6379/0")
        return url or None

    @field_validator("otlp_endpoint")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc):
            raise ValueError("write it as http://host:4318/v1/traces")
        return url or None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.rate_limit and limits.parse(self.rate_limit).amount < self.max_cost:
            raise ValueError("RATE_LIMIT admits less than one operation of MAX_COST")
        if self.trusted_documents_only and self.trusted_documents is None:
            raise ValueError("TRUSTED_DOCUMENTS_ONLY needs TRUSTED_DOCUMENTS")
        return self


def listed(text: str) -> list[str]:
    """Return the items of a list written with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def problems(error: ValidationError) -> list[str]:
    """Say in one line for each setting what is wrong with it."""
    return [
        ": ".join((*map(str.upper, map(str, problem["loc"])), problem["msg"].removeprefix("Value error, ")))
        for problem in error.errors()
    ]

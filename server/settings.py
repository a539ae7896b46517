"""What an operator can set: by the command line, else by the environment, else by default."""

from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.location import DEFAULT_URL, Pool


class Settings(BaseSettings):
    """The server's settings; the environment variable of each is its name in capitals."""

    model_config = SettingsConfigDict(cli_prog_name="python -m server", cli_kebab_case=True)

    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="the port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="how many processes serve")
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
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least level logged"
    )

    @property
    def reading_url(self) -> str:
        """The database that requests read."""
        return self.database_replica_url or self.database_url

    @property
    def pool(self) -> Pool:
        """How it is connected to."""
        return Pool(self.database_pool_size, self.database_pool_timeout)


def problems(error: ValidationError) -> list[str]:
    """Say in one line for each setting what is wrong with it."""
    return [f"{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}" for problem in error.errors()]

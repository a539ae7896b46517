"""What an operator can set: by the command line, else by the environment, else by default."""

from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.location import DEFAULT_URL


class Settings(BaseSettings):
    """The server's settings; the environment variable of each is its name in capitals."""

    model_config = SettingsConfigDict(cli_prog_name="python -m server", cli_kebab_case=True)

    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="the port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="how many processes serve")
    database_url: str = Field(default=DEFAULT_URL, description="the database to read")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least level logged"
    )


def problems(error: ValidationError) -> list[str]:
    """Say in one line for each setting what is wrong with it."""
    return [f"{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}" for problem in error.errors()]

"""``python -m server.mcp``: the MCP server over standard input and output, for assistants on this machine."""

import asyncio
import sys

from pydantic import ValidationError
from pydantic_settings import CliApp, SettingsConfigDict

from db.condition import require_current
from db.location import DatabaseError
from server.command import require_usable
from server.mcp import PackageMissing
from server.settings import Settings, problems
from server.telemetry import logs
from server.trusted_documents import ManifestError
from server.valkey import InvalidValkeyURL


class _Settings(Settings):
    """The settings of the server. Those of HTTP have no effect here."""

    model_config = SettingsConfigDict(cli_prog_name="python -m server.mcp")

    mcp: bool = True


def main() -> int:
    """Serve until standard input ends; return the exit status."""
    try:
        settings = CliApp.run(_Settings)
        require_usable(settings.model_copy(update={"mcp": True}))
        require_current(settings.reading_url)
    except ValidationError as error:
        sys.stderr.writelines(f"error: {problem}\n" for problem in problems(error))
        return 2
    except (DatabaseError, ManifestError, InvalidValkeyURL, PackageMissing) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    logs.configure(settings.log_level)
    from server.mcp.stdio import serve  # noqa: PLC0415 - the package may be missing

    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())

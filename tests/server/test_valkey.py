"""The Valkey client: its URLs, and its log messages."""

import asyncio

import pytest

from server.rate_limiting import Allowance, RateLimiter
from server.valkey import InvalidValkeyURL, ValkeyClient
from tests.valkeys import Server, connected, running

PASSWORD = "hunter2/:@"  # noqa: S105 - of the tests' own servers
QUOTED = "hunter2%2F%3A%40"


def charge(url: str) -> Allowance:
    """Use a server."""

    async def through_valkey() -> Allowance:
        async with connected(url) as shared:
            return await RateLimiter("100/day", shared).charge("203.0.113.9", 1)

    return asyncio.run(through_valkey())


@pytest.mark.parametrize("scheme", ["valkey", "redis"])
def test_valkey_and_redis_urls_are_accepted(valkey: Server, scheme: str) -> None:
    assert charge(f"{scheme}://127.0.0.1:{valkey.port}/3").spent == 1
    with valkey.looked_into() as client:
        client.select(3)
        assert client.dbsize() == 1


def test_the_password_is_required(valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
    with valkey.looked_into() as client:
        client.config_set("requirepass", PASSWORD)
    place = f"127.0.0.1:{valkey.port}"
    assert charge(f"valkey://:{QUOTED}@{place}").spent == 1
    assert caplog.messages == []
    assert charge(f"valkey://:{QUOTED}x@{place}") == Allowance()
    [message] = caplog.messages
    assert message.startswith(f"Valkey at {place} is unavailable")
    assert "AuthenticationError" in message
    assert "hunter2" not in message


def test_the_log_has_no_password_that_the_server_repeats(caplog: pytest.LogCaptureFixture) -> None:
    # The server repeats an unknown command, and this one contains the password.
    with running({"rename-command": 'HELLO ""'}) as server:
        assert charge(f"valkey://:{QUOTED}@127.0.0.1:{server.port}/?protocol=3") == Allowance()
    [message] = caplog.messages
    assert "unknown command 'HELLO'" in message
    assert "'***'" in message
    assert "hunter2" not in message


def test_a_unix_socket_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert charge("unix:///nowhere/valkey.sock?password=hunter2") == Allowance()
    [message] = caplog.messages
    assert message.startswith("Valkey at /nowhere/valkey.sock is unavailable")
    assert "hunter2" not in message


def test_an_unknown_option_is_refused_at_once() -> None:
    with pytest.raises(InvalidValkeyURL, match="colour"):
        ValkeyClient("valkey://127.0.0.1/?colour=red")

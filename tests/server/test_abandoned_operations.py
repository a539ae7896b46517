"""An operation that times out leaves a response that says so, and no errors in the log."""

import gc
import time

import pytest

from tests.conftest import Recorder, serving

# Hundreds of fields fail, each with its own error.
QUERY = """{ groups { children { children { occupations { nodes {
  salary(area: "nowhere") { employment }
  related { totalCount }
} } } } } }"""


# graphql-core leaves coroutines behind that it had made and not begun to wait for.
@pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
@pytest.mark.usefixtures("old_objects_frozen")
@pytest.mark.parametrize("slow", range(2, 8))
def test_errors_after_the_timeout_are_not_logged(everything: str, slow: int, caplog: pytest.LogCaptureFixture) -> None:
    class Dawdler(Recorder):
        def begin(self, dialect: str, statement: str) -> None:
            super().begin(dialect, statement)
            if len(self.statements) == slow:
                time.sleep(0.3)

    with serving(everything, execution_timeout=0.2, max_cost=1_000_000_000) as api:
        api.app.state.service.database.observers.append(Dawdler())
        response = api.post(QUERY)
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (503, "EXECUTION_TIMEOUT")
    # Unretrieved errors are logged when they are collected.
    gc.collect()
    assert [record.message for record in caplog.records if record.name == "asyncio"] == []

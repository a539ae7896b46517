"""SOC codes: the hierarchy in them, published aggregates and O*NET-SOC codes."""

import pytest

from seed.soc_codes import ancestors, is_soc_occupation, nearest_ancestor, published_code, soc_code, with_hyphen


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("15-1252", ["15-1250", "15-1200", "15-1000", "15-0000", "00-0000"]),
        ("27-2010", ["27-2000", "27-2000", "27-0000", "00-0000"]),
        ("27-0000", ["00-0000"]),
        ("00-0000", []),
    ],
)
def test_ancestors(code: str, above: list[str]) -> None:
    assert list(ancestors(code)) == above


def test_the_nearest_known_ancestor() -> None:
    assert nearest_ancestor("15-1252", {"15-1200", "15-0000"}) == "15-1200"
    assert nearest_ancestor("15-1252", {"27-0000"}) is None


def test_parts_are_published_as_their_aggregate() -> None:
    assert [published_code(code) for code in ("31-1121", "31-1120", "27-2012")] == ["31-1120", "31-1120", "27-2012"]


def test_onet_codes() -> None:
    assert (soc_code("27-2012.03"), with_hyphen("272012")) == ("27-2012", "27-2012")
    assert (is_soc_occupation("27-2012.00"), is_soc_occupation("27-2012.03")) == (True, False)

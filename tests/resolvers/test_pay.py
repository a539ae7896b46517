"""What a real release says of pay: the issue's own examples, figure by figure and word for word."""

from typing import Any

from tests.conftest import Api

EDITORS, PRODUCERS, SPECIALISTS, ACTORS = "27-4032", "27-2012", "27-3031", "27-2011"


def compare(api: Api, left: str, right: str, selection: str, area: str = "US") -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!, $area: String) {{
        comparison(left: {{code: $left}}, right: {{code: $right}}, area: $area) {{ {selection} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right, "area": area})["comparison"]
    return found


UNTESTED = "the published figures don't allow a test of significance."


def test_means_that_do_not_differ_clearly_and_curves_that_cross(paid: Api) -> None:
    # 2.5% of 86,130 is 2,153.25 and 1.1% of 84,120 is 925.32; the root of their squares' sum is 2,343.67.
    # 2,010 / 2,343.67 = 0.8576.
    found = compare(paid, EDITORS, SPECIALISTS, "summary salary { annualMean { verdict zScore } }")
    assert found["salary"]["annualMean"] == {"verdict": "NOT_SIGNIFICANT", "zScore": 0.8576}
    assert found["summary"] == [
        (
            "By the mean annual wage in the United States there is no clear difference: Film and Video Editors "
            "$86,130, Public Relations Specialists $84,120; the gap of $2,010 (2.4%) is not statistically significant."
        ),
        (
            "By the median annual wage in the United States, Film and Video Editors earn more: $75,420, which is $670 "
            f"(0.9%) above Public Relations Specialists' $74,750; {UNTESTED}"
        ),
        (
            "By percentiles of the annual wage in the United States, the two curves cross between the 25th and the "
            "50th percentile (Public Relations Specialists earn more below, Film and Video Editors above); "
            f"{UNTESTED}"
        ),
        (
            "By the number of people employed nationwide, Public Relations Specialists have more: 283,380, which is "
            "257,770 (1,006.5%) above Film and Video Editors' 25,610; the difference is statistically significant."
        ),
        (
            "Projections of growth from 2024 to 2034 can't be compared: Film and Video Editors have none published, "
            "Public Relations Specialists 4.8%."
        ),
    ]


def test_means_that_differ_clearly(paid: Api) -> None:
    found = compare(
        paid, PRODUCERS, SPECIALISTS, "summary salary { annualMean { verdict } crossovers { lowerPercentile } }"
    )
    assert found["salary"] == {"annualMean": {"verdict": "SIGNIFICANT"}, "crossovers": []}
    assert found["summary"] == [
        (
            "By the mean annual wage in the United States, Producers and Directors earn more: $113,300, which is "
            "$29,180 (34.7%) above Public Relations Specialists' $84,120; the difference is statistically significant."
        ),
        (
            "By the median annual wage in the United States, Producers and Directors earn more: $90,360, which is "
            f"$15,610 (20.9%) above Public Relations Specialists' $74,750; {UNTESTED}"
        ),
        (
            "By the number of people employed nationwide, Public Relations Specialists have more: 283,380, which is "
            "140,260 (98.0%) above Producers and Directors' 143,120; the difference is statistically significant."
        ),
        (
            "By projected growth from 2024 to 2034, Producers and Directors are ahead: 4.9%, which is 0.1 percentage "
            f"points above Public Relations Specialists' 4.8%; {UNTESTED}"
        ),
    ]


def test_a_top_coded_mean_is_told_as_a_bound(paid: Api) -> None:
    summary = compare(paid, "29-1212", PRODUCERS, "summary", "12060")["summary"]
    assert summary[0] == (
        "Mean annual wages in Atlanta-Sandy Springs-Roswell, GA can't be compared: Cardiologists at least $239,200, "
        "Producers and Directors have none published."
    )


def test_occupations_published_by_the_hour_are_told_by_the_hour(paid: Api) -> None:
    assert compare(paid, ACTORS, EDITORS, "summary")["summary"][:3] == [
        (
            "By the mean hourly wage in the United States, Actors earn more: $58.29, which is $16.88 (40.8%) above "
            "Film and Video Editors' $41.41; the difference is statistically significant."
        ),
        (
            "By the median hourly wage in the United States, Film and Video Editors earn more: $36.26, which is $7.21 "
            f"(24.8%) above Actors' $29.05; {UNTESTED}"
        ),
        (
            "By percentiles of the hourly wage in the United States, the two curves cross between the 50th and the "
            f"75th percentile (Film and Video Editors earn more below, Actors above); {UNTESTED}"
        ),
    ]


def test_people_employed_are_tested(paid: Api) -> None:
    # 2.9% of 143,120 is 4,150.48 and 4.7% of 25,610 is 1,203.67; the root of their squares' sum is 4,321.51.
    # 117,510 / 4,321.51 = 27.19, and 1.645 x 4,321.51 = 7,108.88.
    found = compare(
        paid, PRODUCERS, EDITORS, "jobs { absolute verdict zScore confidence { level low high } explanation { note } }"
    )["jobs"]
    assert found.pop("explanation")["note"].startswith("Significant at the 90% level where z > 1.645.")
    assert (round(found["zScore"], 2), found["verdict"], found["absolute"]) == (27.19, "SIGNIFICANT", 117510)
    assert {end: round(value) for end, value in found["confidence"].items()} == {
        "level": 90,
        "low": 110401,
        "high": 124619,
    }

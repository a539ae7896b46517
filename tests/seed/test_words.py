"""The rules that our own descriptions and responsibilities keep, each with a text that breaks it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from seed.command import main
from seed.words.check import Facts, findings, grade, words_of
from seed.words.files import HEADER, MalformedWords, Part, Text, read_activities, read_words
from tests.seed.workbooks import SHARED, needs_shared

CODE, OTHER = "47-2111", "47-2112"

DESCRIPTION = (
    "Install, extend and repair the wiring, panels and fixtures that carry power, light and signals through homes, "
    "factories and public works. They read plans and code, bend conduit, pull cable, connect equipment, test circuits "
    "and trace faults, in new sites and in occupied buildings. Line installers work on the grid outside; electricians "
    "begin where the service enters."
)
RESPONSIBILITIES = (
    "Lay out circuits from drawings and the local code",
    "Pull cable through walls, ceilings and trenches",
    "Connect panels, breakers, motors and light fixtures",
    "Test circuits before they are switched on",
    "Trace shorts with meters and replace failed parts",
    "Keep live equipment locked out during work",
)

ACTIVITY = "4.A.3.b.4.I01"
FACTS = Facts({CODE}, {ACTIVITY}, {CODE: {"soc:47-2111", "task:1"}}, {}, {"task:1": {ACTIVITY}})


def texts(
    description: str = DESCRIPTION,
    responsibilities: Iterable[str] = RESPONSIBILITIES,
    *,
    code: str = CODE,
    parts: Iterable[Part] = (),
    basis: str = "task:1",
    activities: str = ACTIVITY,
) -> list[Text]:
    core: Part = "core"
    own: list[Part] = [*parts] or [core] * len([*responsibilities])
    rows = [Text("47.tsv", 2, code, "description", description, ("soc:47-2111",), ())]
    rows += [
        Text("47.tsv", line, code, part, text, tuple(basis.split()), tuple(activities.split()))
        for line, (part, text) in enumerate(zip(own, responsibilities, strict=True), 3)
    ]
    return rows


def problems(rows: list[Text], facts: Facts = FACTS, set_terms: Iterable[str] = ()) -> list[str]:
    return [str(finding) for finding in findings(rows, facts, [*set_terms])]


def test_texts_that_keep_all_rules_have_no_findings() -> None:
    assert problems(texts()) == []


def test_all_bundled_words_keep_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--check"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "830 of 830 occupations have a description"
    assert out[-1] == "not compared with the publishers' sentences"


@needs_shared
def test_no_bundled_words_are_a_publishers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--check", "--publishers", str(SHARED)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "compared with the publishers' sentences"


def test_findings_end_the_command_with_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("seed.words.command.read_words", lambda: texts("Too short."))
    assert main(["words", "--check"]) == 1
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith("error: ")
    assert err[0].endswith(" findings")
    assert "47.tsv:2: 2 words; 40 to 70 are allowed" in err


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], "47-2111: no description and no responsibilities"),
        (texts(code=OTHER), "47.tsv:2: 47-2112 is not the code of an occupation that we serve"),
        (texts()[1:], "47-2111: needs one description, before its responsibilities"),
        (texts()[:6], "47-2111: 5 responsibilities; 6 to 8 are needed"),
        (
            texts(parts=["supplemental", "core", "core", "core", "core", "core"]),
            "47-2111: a core responsibility follows a supplemental one",
        ),
        (texts(responsibilities=("Test circuits", *RESPONSIBILITIES[1:])), "47.tsv:3: 2 words; 6 to 16 are allowed"),
        (texts(DESCRIPTION.rstrip(".")), "47.tsv:2: a description ends with a full stop, a responsibility does not"),
        (
            texts(responsibilities=("Test circuits before they are switched on.", *RESPONSIBILITIES[1:])),
            "47.tsv:3: a description ends with a full stop, a responsibility does not",
        ),
        (texts(DESCRIPTION.replace("They read", "They  read")), "47.tsv:2: has doubled or outer blanks"),
        (texts(DESCRIPTION.replace("read plans", "read various plans")), "47.tsv:2: filler: 'various'"),
        (texts(DESCRIPTION.replace("They read", "He reads")), "47.tsv:2: gender: 'He'"),
        (texts(DESCRIPTION.replace("read plans", "earn a salary")), "47.tsv:2: pay: 'salary'"),
        (texts(DESCRIPTION.replace("read plans", "read the 2020 code")), "47.tsv:2: a figure that ages: '2020'"),
        (texts(basis=""), "47.tsv:3: names no facts that it rests on"),
        (texts(basis="task:2"), "47.tsv:3: task:2 is not a fact about 47-2111"),
        (texts(activities=""), "47.tsv:3: belongs to no work activity"),
        (texts(activities="4.A.1", basis="soc:47-2111"), "47.tsv:3: 4.A.1 is not in activities.tsv"),
        (texts(activities="4.A.1"), "47.tsv:3: the activities of its tasks are 4.A.3.b.4.I01"),
        (
            texts("Go. " * 50),
            "all descriptions: mean reading grade -3.4; 8 to 10 is allowed",
        ),
        (texts("Go. " * 50), "47.tsv:2: reading grade -3.4; 5 to 14 are allowed"),
    ],
)
def test_each_rule(rows: list[Text], problem: str) -> None:
    assert problem in problems(rows)


def test_a_run_of_five_words_may_not_be_a_publishers() -> None:
    facts = Facts(
        {CODE},
        {ACTIVITY},
        {CODE: {"soc:47-2111", "task:1"}},
        {CODE: ["Pull cable through walls, ceilings and floors."]},
    )
    shared = "47.tsv:4: shares 'pull cable through walls ceilings' with a publisher's sentence"
    assert problems(texts(), facts) == [shared]
    assert problems(texts(), facts, ["walls, ceilings"]) == []
    assert problems(texts(), facts, ["pull cable through walls, ceilings and floors"]) == []


def test_a_shorter_run_may_be_a_publishers() -> None:
    facts = Facts(
        {CODE}, {ACTIVITY}, {CODE: {"soc:47-2111", "task:1"}}, {CODE: ["Pull cable through walls and over ceilings."]}
    )
    assert problems(texts(), facts) == []


def test_another_occupations_text_may_not_be_nearly_the_same() -> None:
    both = [*texts(), *texts(code=OTHER)]
    facts = Facts({CODE, OTHER}, {ACTIVITY})
    assert "47.tsv:2: nearly repeats 47.tsv:2 (1.00)" in problems(both, facts)


def test_words_and_grade() -> None:
    assert words_of("Read plans, pull cable; don't touch C++ or 240-volt lines.") == [
        "read", "plans", "pull", "cable", "don't", "touch", "c++", "or", "240-volt", "lines",
    ]  # fmt: skip
    # One sentence, six words, eight syllables: 0.39 * 6 + 11.8 * 8 / 6 - 15.59.
    assert grade("Pull cable through walls and ceilings.") == pytest.approx(2.4833, abs=1e-4)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "code\ttext\n",
            "47.tsv:1: the header is ['code', 'text'], not ['code', 'part', 'text', 'basis', 'activities']",
        ),
        ("\t".join(HEADER) + "\n47-2111\tcore\ttext\n", "47.tsv:2: 3 columns, not 5"),
        (
            "\t".join(HEADER) + "\n47-2111\tmain\ttext\tsoc:47-2111\t\n",
            "47.tsv:2: part 'main' is not one of description, core, supplemental",
        ),
    ],
)
def test_a_malformed_file_names_its_line(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "47.tsv"
    file.write_text(content)
    with pytest.raises(MalformedWords) as raised:
        read_words([file])
    assert str(raised.value) == message


def test_activities_have_onets_codes_and_titles() -> None:
    activities = read_activities()
    assert len(activities) == 332
    assert activities["4.A.1.a.1.I01"] == "Study details of artistic productions"

"""What pages say about occupations in schema.org's terms (JSON-LD), for search engines: https://schema.org/Occupation."""

from collections.abc import Mapping
from typing import Any

_CONTEXT = "https://schema.org"
_PERCENTILES = {"p10": "percentile10", "p25": "percentile25", "p75": "percentile75", "p90": "percentile90"}
_MONTHS = {"NONE": 0, "FIVE_YEARS_OR_MORE": 60}
"""Months of experience in a related occupation, at least. "Less than 5 years" has no such number."""


def of_occupations(*occupations: Mapping[str, Any]) -> dict[str, Any]:
    """Return the linked data of occupations, from the answers of the pages' documents.

    What is not published is left out.
    """
    items = [_occupation(occupation) for occupation in occupations]
    return {"@context": _CONTEXT, **items[0]} if len(items) == 1 else {"@context": _CONTEXT, "@graph": items}


def _occupation(of: Mapping[str, Any]) -> dict[str, Any]:
    salary, education = of["salary"], of["education"]
    found = {
        "@type": "Occupation",
        "name": of["title"],
        "description": of["description"],
        "occupationalCategory": of["code"] and _category(of["code"]),
        "occupationLocation": salary and _place(salary["area"]),
        "estimatedSalary": salary and _distribution(salary),
        "educationRequirements": education and _credential(education),
        "experienceRequirements": education and _experience(education),
    }
    return {name: value for name, value in found.items() if value}


def _category(code: str) -> dict[str, Any]:
    code_set = {"@type": "CategoryCodeSet", "name": "Standard Occupational Classification 2018"}
    return {"@type": "CategoryCode", "codeValue": code, "inCodeSet": code_set}


def _place(area: Mapping[str, str]) -> dict[str, str]:
    return {"@type": "Country" if area["code"] == "US" else "AdministrativeArea", "name": area["name"]}


def _distribution(salary: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the distribution of annual wages, or else of hourly ones; None if no median or percentile is published."""
    published = {"median": "median", **_PERCENTILES}
    for period, duration in (("annual", "P1Y"), ("hourly", "PT1H")):
        wages: Mapping[str, Any] = salary[period] or {}
        if values := {term: wages[name] for name, term in published.items() if wages.get(name) is not None}:
            kind = {"@type": "MonetaryAmountDistribution", "name": "base", "currency": "USD", "duration": duration}
            return {**kind, **values}
    return None


def _credential(education: Mapping[str, Any]) -> dict[str, str] | str | None:
    entry: str | None = education["typicalEntry"]
    if entry is None or education["typicalEntryLevel"] == "NO_CREDENTIAL":
        return entry
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": entry}


def _experience(education: Mapping[str, Any]) -> dict[str, Any] | None:
    label: str | None = education["relatedExperience"]
    if label is None:
        return None
    months = _MONTHS.get(education["relatedExperienceLevel"])
    needed = {"monthsOfExperience": months} if months is not None else {}
    description = f"Work experience in a related occupation: {label}"
    return {"@type": "OccupationalExperienceRequirements", "description": description, **needed}

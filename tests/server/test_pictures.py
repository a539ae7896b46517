"""Pictures of pages (PNG), which chats and social networks show next to a link."""

import io
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image, ImageColor

from server import pictures
from server.drawings import MAX_WAITING
from server.picture_drawing import BAR, BARS, COLORS, Picture
from server.static_files import BUILT
from tests.conftest import Api, serving
from tests.server.conftest import SECONDS

PAIR = "/compare/actors/dancers.png"
SITE = "https://rolegraph.example"
THEME = Path(__file__).parents[2] / "web" / "src" / "theme.css"

# The axis goes from 0 at the left margin to the largest wage that is drawn.
AXIS = (60, 1080)


@pytest.fixture(scope="module")
def cached(everything: str) -> Iterator[Api]:
    """A server whose answers caches may serve for a minute."""
    with serving(everything, cache_seconds=60) as served:
        yield served


def decoded(response: httpx2.Response) -> Image.Image:
    """Return the picture of a response."""
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png"), response.text[:500]
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def ends(image: Image.Image, row: int, color: str) -> tuple[int, int] | None:
    """Return the first and the last x of a color in a row; None if the row has none of it."""
    wanted = ImageColor.getrgb(COLORS[color])
    found = [x for x in range(image.width) if image.getpixel((x, row)) == wanted]
    return (found[0], found[-1]) if found else None


def compared(api: Api, left: str, right: str, area: str = "US") -> Picture:
    """Return what the picture of a comparison shows."""
    variables = {"left": {"slug": left}, "right": {"slug": right}, "area": area}
    return pictures.compared(api.data(pictures.COMPARISON, variables)["comparison"])


@pytest.mark.parametrize(
    ("pair", "paths"),
    [
        (("actors", "dancers"), ("hourly p10", "hourly median", "hourly p90")),
        (("registered-nurses", "nurse-practitioners"), ("annual p10", "annual median", "annual p90")),
        (
            ("media-producer", "media-production-specialist"),
            ("annual range low", "annual mean", "annual range high"),
        ),
    ],
)
def test_bars_end_at_the_published_wages(full_api: Api, pair: tuple[str, str], paths: tuple[str, str, str]) -> None:
    image = decoded(full_api.http.get(f"/compare/{'/'.join(pair)}.png"))
    wages = [[published(full_api, slug, path) for path in paths] for slug in pair]
    largest = max(high for _, _, high in wages)
    for side, wage, top in zip(("left", "right"), wages, BARS[2], strict=True):
        low, middle, high = (AXIS[0] + each / largest * (AXIS[1] - AXIS[0]) for each in wage)
        edges, line = ends(image, top, side), ends(image, top + BAR + 3, side)
        assert edges is not None
        assert [*edges] == pytest.approx([low, high], abs=1)
        assert line is not None
        assert sum(line) / 2 == pytest.approx(middle, abs=1)


def published(api: Api, slug: str, path: str) -> float:
    """Return a wage of an occupation by its path in ``Salary``."""
    fields = "mean median p10 p90 range { low high }"
    salary = f"salary {{ annual {{ {fields} }} hourly {{ {fields} }} }}"
    query = f"query ($slug: String!) {{ occupation(by: {{slug: $slug}}) {{ {salary} }} }}"
    found: Any = api.data(query, {"slug": slug})["occupation"]["salary"]
    for name in path.split():
        found = found[name]
    return float(found)


def test_what_is_not_published_has_no_bar(full_api: Api) -> None:
    pair = ("athletes-and-sports-competitors", "actors")
    image = decoded(full_api.http.get(f"/compare/{'/'.join(pair)}.png"))
    assert ends(image, BARS[2][0] + BAR // 2, "left-soft") is not None
    assert ends(image, BARS[2][1] + BAR // 2, "right-soft") is None
    picture = compared(full_api, *pair)
    assert [wage.figure for wage in picture.wages] == ["$66,710", None]
    assert picture.sentence == "No median annual wage is published for Actors."


@pytest.mark.parametrize(
    ("left", "right", "area", "sentence"),
    [
        ("actors", "dancers", "US", "Actors earn more by the mean wage, a statistically significant difference."),
        (
            "cargo-and-freight-agents",
            "dancers",
            "US",
            "Dancers earn more by the mean wage; the published median is higher for Cargo and Freight Agents.",
        ),
        (
            "surgical-assistants",
            "archivists",
            "US",
            "There is no clear difference in the mean wage: it may be due to chance.",
        ),
        ("media-producer", "electricians", "US", "The published mean wage is higher for Electricians."),
        ("bakers", "bakers", "US", "Both are one occupation: Bakers."),
        ("actors", "dancers", "WY", "No median annual wage is published for either occupation."),
    ],
)
def test_the_sentence_says_who_is_ahead_and_how_sure_that_is(
    full_api: Api, left: str, right: str, area: str, sentence: str
) -> None:
    assert compared(full_api, left, right, area).sentence == sentence


@pytest.mark.parametrize(
    "path",
    [
        PAIR,
        "/compare/media-producer/electricians.png",
        "/compare/LONGEST/surgeons-all-other.png?area=0600007",
        "/occupation/LONGEST.png?area=0600007",
        "/occupation/actors.png",
        "/occupation/media-producer.png",
    ],
)
def test_nothing_is_drawn_in_the_margins(full_api: Api, path: str) -> None:
    longest = full_api.data('{ search(text: "aircraft cargo handling", first: 5) { occupation { slug title } } }')
    slug = max((each["occupation"] for each in longest["search"]), key=lambda one: len(one["title"]))["slug"]
    image = decoded(full_api.http.get(path.replace("LONGEST", slug)))
    paper = ImageColor.getrgb(COLORS["paper"])
    for box in ((0, 0, 58, 630), (1146, 0, 1200, 630), (0, 0, 1200, 12), (0, 606, 1200, 630)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)]
    assert len(image.getcolors(1_000_000) or ()) > 50


def test_a_picture_is_kept_and_revalidated(cached: Api) -> None:
    first = cached.http.get(PAIR)
    with cached.statements() as statements:
        second = cached.http.get(PAIR)
    assert (statements, second.content) == ([], first.content)
    for response in (first, second, cached.http.head(PAIR)):
        assert response.headers["etag"] == first.headers["etag"]
        assert response.headers["cache-control"] == "public, max-age=60"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response.headers["content-length"] == str(len(first.content))
    known = cached.http.get(PAIR, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", first.headers["etag"])
    elsewhere = cached.http.get(f"{PAIR}?area=NY")
    assert elsewhere.headers["etag"] != first.headers["etag"]
    assert elsewhere.content != first.content


def test_a_drawing_is_charged_and_a_kept_picture_is_not(everything: str) -> None:
    with serving(everything, rate_limit="10000/hour") as api:
        for _ in range(20):
            assert api.http.get(PAIR).status_code == 200
        response = api.http.get("/occupation/bakers.png")
    assert response.status_code == 429
    assert response.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert int(response.headers["retry-after"]) > 0


def test_other_requests_are_answered_while_pictures_wait_and_too_many_are_refused(everything: str) -> None:
    with serving(everything) as api, ThreadPoolExecutor(MAX_WAITING) as clients:
        drawings, held = api.app.state.service.drawings, threading.Event()
        drawings._thread.submit(held.wait)
        paths = [f"{PAIR}?area={state}" for state in ("CA", "NY", "TX", "FL", "IL") for _ in range(MAX_WAITING // 5)]
        waiting = [clients.submit(api.http.get, path) for path in paths]
        end = time.monotonic() + SECONDS
        while drawings.limit.active < MAX_WAITING:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert api.http.get("/healthz").status_code == 200
        assert api.data('{ area(code: "OH") { name } }') == {"area": {"name": "Ohio"}}
        refused = api.http.get("/occupation/bakers.png")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert refused.json()["errors"][0]["extensions"]["code"] == "OVERLOADED"
        held.set()
        bodies = [each.result(SECONDS).content for each in waiting]
        # Equal requests that wait share one drawing.
        assert len({*bodies}) == 5
        assert (drawings.limit.active, len(drawings._kept)) == (0, 5)
        assert api.http.get("/occupation/bakers.png").status_code == 200


def test_a_drawing_that_takes_too_long_is_refused(everything: str) -> None:
    with serving(everything, execution_timeout=0.3) as api:
        held = threading.Event()
        api.app.state.service.drawings._thread.submit(held.wait)
        refused = api.http.get("/occupation/bakers.png")
        held.set()
    assert refused.status_code == 503
    assert refused.json()["errors"][0]["extensions"]["code"] == "EXECUTION_TIMEOUT"


def test_the_colors_are_the_light_ones_of_the_pages() -> None:
    light = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]+),", THEME.read_text()))
    assert {name: ImageColor.getrgb(light[name]) for name in COLORS} == {
        name: ImageColor.getrgb(color) for name, color in COLORS.items()
    }


def test_figures_and_names_of_both_sides_can_be_read_in_bright_light() -> None:
    # WCAG 1.4.6: 7 to 1.
    assert [contrast(COLORS[name], COLORS["paper"]) >= 7 for name in ("ink", "left", "right")] == [True] * 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors by WCAG 2."""

    def luminance(color: str) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (value / 255 for value in ImageColor.getrgb(color))
        ]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.skipif(not (BUILT / "compare.html").exists(), reason="web/dist is missing: make web builds the pages")
def test_pages_name_their_pictures_where_the_site_is_known(everything: str, full_api: Api) -> None:
    def named(html: str) -> dict[str, str]:
        return dict(
            re.findall(r'<meta (?:property|name)="((?:og:image|og:url|twitter:)[^"]*)" content="([^"]*)"', html)
        )

    with serving(everything, site_url=SITE) as api:
        page = named(api.http.get("/compare/actors/dancers?area=NY").text)
        assert page == {
            "og:url": f"{SITE}/compare/actors/dancers?area=NY",
            "og:image": f"{SITE}/compare/actors/dancers.png?area=NY",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "Wages, projected growth and openings of Actors and Dancers",
            "twitter:card": "summary_large_image",
        }
        decoded(api.http.get(page["og:image"].removeprefix(SITE)))
        occupation = named(api.http.get("/occupation/rn").text)
        assert occupation["og:image"] == f"{SITE}/occupation/registered-nurses.png"
        # A picture has room for two roles.
        several = named(api.http.get("/compare/actors/dancers/rn?area=NY").text)
        assert several["og:image"] == page["og:image"]
        assert named(api.http.get("/").text) == {}
    assert named(full_api.http.get("/compare/actors/dancers").text) == {}

"""The published page's comparison, figure by figure, over HTTP."""

from tests.conftest import Api

PAIR = '(left: {slug: "media-producer"}, right: {slug: "media-production-specialist"})'


def test_the_page(api: Api) -> None:
    assert api.data(f"""{{ comparison{PAIR} {{
        salary {{
            annualMean {{ left right absolute percent higher verdict }}
            hourlyMean {{ absolute }}
            rangeOverlap {{ low high }}
        }}
        demographics {{ gender {{ dissimilarity }} race {{ dissimilarity leftSum rightSum }} age {{ absolute }} }}
        skills {{ jaccard weightedJaccard shared {{ skill {{ name }} left right points }} }}
    }} }}""") == {
        "comparison": {
            "salary": {
                "annualMean": {
                    "left": 57433,
                    "right": 53243,
                    "absolute": 4190,
                    "percent": 7.8696,
                    "higher": "LEFT",
                    "verdict": "NOT_TESTABLE",
                },
                "hourlyMean": {"absolute": 2.01},
                "rangeOverlap": {"low": 41000, "high": 73000},
            },
            "demographics": {
                "gender": {"dissimilarity": 3.0},
                "race": {"dissimilarity": 4.15, "leftSum": 100.1, "rightSum": 100.0},
                "age": {"absolute": -2},
            },
            "skills": {
                "jaccard": 0.2,
                "weightedJaccard": 0.1807,
                "shared": [
                    {"skill": {"name": "Training Videos"}, "left": 9, "right": 12, "points": -3},
                    {"skill": {"name": "Video Production"}, "left": 6, "right": 11, "points": -5},
                ],
            },
        }
    }

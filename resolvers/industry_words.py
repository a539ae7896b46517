"""Words by which people name industries, in the words of the titles that OEWS gives them."""

from collections.abc import Iterator, Sequence

from db.folding import words_of

_EVERYDAY_WORDS = {
    "air travel": "air transportation",
    "airline": "air transportation",
    "airport": "support activities for air transportation",
    "all industries": "cross industry private federal state local",
    "apartment": "real estate",
    "attorney": "legal services",
    "automaker": "motor vehicle manufacturing",
    "bank": "credit intermediation and related activities",
    "banking": "credit intermediation and related activities",
    "bar": "drinking places",
    "barber shop": "personal care services",
    "beauty salon": "personal care services",
    "brewery": "beverage manufacturing",
    "builder": "construction",
    "cafe": "restaurants and other eating places",
    "car": "motor vehicle",
    "car dealer": "automobile dealers",
    "car dealership": "automobile dealers",
    "car rental": "automotive equipment rental and leasing",
    "car repair": "automotive repair and maintenance",
    "central bank": "monetary authorities central bank",
    "charity": "grantmaking and giving services",
    "childcare": "child care services",
    "church": "religious organizations",
    "city government": "local government including schools hospitals oews designation",
    "cleaning": "services to buildings and dwellings",
    "cloud computing": "computing infrastructure providers",
    "coffee shop": "restaurants and other eating places",
    "college": "colleges universities professional schools",
    "company": "",
    "county government": "local government including schools hospitals oews designation",
    "data center": "computing infrastructure providers",
    "day care": "child care services",
    "daycare": "child care services",
    "dentist": "offices of dentists",
    "doctor": "offices of physicians",
    "doctor office": "offices of physicians",
    "drug store": "pharmacies and drug retailers",
    "drugstore": "pharmacies and drug retailers",
    "electric utility": "electric power generation transmission and distribution",
    "factory": "manufacturing",
    "farm": "agriculture",
    "farming": "agriculture",
    "fast food": "restaurants and other eating places",
    "federal government": "federal government including us postal service oews designation",
    "film": "motion picture",
    "firm": "",
    "funeral home": "death care services",
    "government": "federal state and local government",
    "grocery": "food and beverage retailers",
    "grocery store": "food and beverage retailers",
    "gym": "fitness and recreational sports centers",
    "hair salon": "personal care services",
    "healthcare": "health care",
    "hedge fund": "securities commodity contracts and other financial investments",
    "hotel": "traveler accommodation",
    "hvac": "plumbing heating and air conditioning contractors",
    "industry": "",
    "investment bank": "securities commodity contracts and other financial investments",
    "it": "computer systems design and related services",
    "janitorial": "services to buildings and dwellings",
    "law": "legal services",
    "law firm": "legal services",
    "lawyer": "legal services",
    "local government": "local government including schools hospitals oews designation",
    "manufacturer": "manufacturing",
    "movie": "motion picture",
    "non profit": "religious grantmaking civic professional and similar organizations",
    "nonprofit": "religious grantmaking civic professional and similar organizations",
    "nursing home": "nursing care facilities",
    "pharma": "pharmaceutical",
    "post office": "postal service",
    "power company": "electric power generation transmission and distribution",
    "power plant": "electric power generation transmission and distribution",
    "public school": "elementary and secondary schools",
    "r d": "scientific research and development services",
    "railroad": "rail transportation",
    "recruiting": "employment services",
    "rental car": "automotive equipment rental and leasing",
    "retail store": "retail trade",
    "rideshare": "taxi and limousine service",
    "sector": "",
    "security guard": "investigation and security services",
    "shop": "retailers",
    "staffing": "employment services",
    "state government": "state government including schools hospitals oews designation",
    "store": "retailers",
    "supermarket": "food and beverage retailers",
    "tech": "computer systems design and related services",
    "temp agency": "temporary help services",
    "total": "cross industry private federal state local",
    "travel agency": "travel arrangement and reservation services",
    "trucking": "truck transportation",
    "tv": "television broadcasting stations",
    "university": "colleges universities professional schools",
    "video game": "software publishers",
    "warehouse": "warehousing and storage",
    "winery": "beverage manufacturing",
}
"""Words that people use, and those of titles that say the same. Words that tell nothing about an industry have none."""

_TITLED = {tuple(words_of(said)): words_of(titled) for said, titled in _EVERYDAY_WORDS.items()}
_LONGEST = max(map(len, _TITLED))


def as_titled(words: Sequence[str]) -> tuple[str, ...]:
    """Return the folded words of a text with titles' words in place of everyday ones; unchanged if none is left."""
    return tuple(dict.fromkeys(_replaced(words))) or tuple(words)


def _replaced(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, with each phrase of the table replaced, the longest first."""
    start = 0
    while start < len(words):
        phrases = (tuple(words[start : start + length]) for length in range(_LONGEST, 0, -1))
        phrase = next((phrase for phrase in phrases if phrase in _TITLED), None)
        yield from _TITLED[phrase] if phrase else words[start : start + 1]
        start += len(phrase or words[start : start + 1])

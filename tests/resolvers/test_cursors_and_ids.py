"""Cursors and global ids: valid ones decode to their values, all other input is refused or harmless."""

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import orjson
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from sqlmodel import col

from db.models import Occupation, OccupationSkill, Wage
from db.paging import Key, KeyValue
from resolvers.connections import Order, cursor_of, read_cursor
from resolvers.errors import BadUserInput
from resolvers.global_ids import global_id, read_global_id

T = TypeVar("T")


ORDER = Order(
    "occupations by wage",
    (
        Key(col(Wage.annual_mean), descending=True, nullable=True),
        Key(col(OccupationSkill.rank)),
        Key(col(Occupation.slug)),
    ),
)
OTHER_ORDER = Order("occupations by other wages", ORDER.keys)

# Surrogates can't be stored, so no key has them; a client can still send them.
stored_text = st.text(st.characters(exclude_categories=["Cs"]))
sent_text = st.text(st.characters())
reals = st.floats(allow_nan=False, allow_infinity=False)
integers = st.integers(-(2**31), 2**31 - 1)
keys: st.SearchStrategy[list[KeyValue]] = st.tuples(st.none() | reals, integers, stored_text).map(list)
base64_letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def read_or_refused(read: Callable[[], T], argument: str) -> T | None:
    """Read a cursor or an id; return None if it is refused with the right argument name."""
    try:
        return read()
    except BadUserInput as refused:
        extensions = refused.extensions
    assert extensions == {"code": "BAD_USER_INPUT", "argument": argument}
    return None


def cursor_or_none(cursor: str) -> Sequence[KeyValue] | None:
    return read_or_refused(lambda: read_cursor(cursor, ORDER, "after"), "after")


def id_or_none(value: str) -> tuple[str, str] | None:
    return read_or_refused(lambda: read_global_id(value, "id"), "id")


def assert_usable(values: Sequence[KeyValue] | None) -> None:
    """Assert that a cursor was refused or has values that a database can compare with the order's columns."""
    if values is None:
        return
    wage, rank, slug = values
    assert wage is None or (isinstance(wage, int | float) and not isinstance(wage, bool))
    assert isinstance(rank, int)
    assert not isinstance(rank, bool)
    assert -(2**31) <= rank < 2**31
    assert isinstance(slug, str)
    slug.encode()


# Cursors


@given(keys)
@example([None, 0, ""])
@example([-0.0, -(2**31), "media-producer"])
@example([57433.0, 2**31 - 1, "\x00\N{CLAPPER BOARD}"])
def test_a_cursor_decodes_to_the_values_it_was_made_from(values: list[KeyValue]) -> None:
    assert read_cursor(cursor_of(ORDER, values), ORDER, "after") == values


@given(keys)
def test_a_cursor_needs_no_escaping_in_a_url(values: list[KeyValue]) -> None:
    assert cursor_of(ORDER, values).replace("-", "").replace("_", "").isalnum()


def test_no_cursor_is_the_start_of_the_list() -> None:
    assert read_cursor(None, ORDER, "after") is None


@given(keys)
def test_a_cursor_of_another_order_is_refused(values: list[KeyValue]) -> None:
    with pytest.raises(BadUserInput) as refused:
        read_cursor(cursor_of(OTHER_ORDER, values), ORDER, "before")
    assert (
        refused.value.message
        == 'Argument "before": it is a cursor of another list or another order; start this one without a cursor.'
    )
    assert refused.value.extensions == {"code": "BAD_USER_INPUT", "argument": "before"}


@given(keys, st.data(), st.characters() | base64_letters)
def test_a_changed_character_is_refused_or_makes_another_cursor(
    values: list[KeyValue], data: st.DataObject, character: str
) -> None:
    cursor = cursor_of(ORDER, values)
    place = data.draw(st.integers(0, len(cursor) - 1), label="place")
    assert_usable(cursor_or_none(cursor[:place] + character + cursor[place + 1 :]))


@given(keys, st.data())
def test_a_cut_cursor_is_refused_or_makes_another_cursor(values: list[KeyValue], data: st.DataObject) -> None:
    cursor = cursor_of(ORDER, values)
    length = data.draw(st.integers(0, len(cursor) - 1), label="length")
    assert_usable(cursor_or_none(cursor[:length]))


@given(sent_text | st.text(base64_letters))
@example("")
@example("=")
@example("A")
@example("\ud800")
def test_any_text_is_refused_or_read(text: str) -> None:
    assert_usable(cursor_or_none(text))


json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**32 - 1) | reals | stored_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(stored_text, inner, max_size=4),
    max_leaves=8,
)


@given(json)
@example({ORDER.name: 1, "wage": 2, "rank": 3, "slug": 4})
def test_any_json_is_refused_or_read(value: Any) -> None:
    assert_usable(cursor_or_none(encoded(orjson.dumps(value))))


@given(keys, st.integers(0, 2), json)
@example([57433.0, 1, "a"], 2, ["a"])
def test_a_cursor_with_another_value_is_refused_or_read(values: list[KeyValue], place: int, value: Any) -> None:
    changed = [ORDER.name, *values[:place], value, *values[place + 1 :]]
    assert_usable(cursor_or_none(encoded(orjson.dumps(changed))))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[", id="no JSON"),
        pytest.param(b"[" * 5000, id="too deep"),
        pytest.param(b"null", id="null"),
        pytest.param(b"1", id="a number"),
        pytest.param(b'"occupations by wage"', id="a string"),
        pytest.param(b"[]", id="no name"),
        pytest.param(b'["occupations by wage"]', id="no values"),
        pytest.param(b'["occupations by wage",1.5,1]', id="a value too few"),
        pytest.param(b'["occupations by wage",1.5,1,"a","b"]', id="a value too many"),
        pytest.param(b'["occupations",1.5,1,"a"]', id="another name"),
        pytest.param(b'[["occupations by wage"],1.5,1,"a"]', id="a list for a name"),
        pytest.param(b'["occupations by wage","1.5",1,"a"]', id="text for a float"),
        pytest.param(b'["occupations by wage",true,1,"a"]', id="a boolean for a float"),
        pytest.param(b'["occupations by wage",NaN,1,"a"]', id="no number"),
        pytest.param(b'["occupations by wage",1e999,1,"a"]', id="a float too large"),
        pytest.param(b'["occupations by wage",1.5,1.0,"a"]', id="a float for an integer"),
        pytest.param(b'["occupations by wage",1.5,true,"a"]', id="a boolean for an integer"),
        pytest.param(b'["occupations by wage",1.5,9223372036854775808,"a"]', id="an integer too large"),
        pytest.param(b'["occupations by wage",1.5,-9223372036854775809,"a"]', id="an integer too small"),
        pytest.param(b'["occupations by wage",9223372036854775808,1,"a"]', id="an integer too large for a float"),
        pytest.param(b'["occupations by wage",1.5,null,"a"]', id="null for a key that is not nullable"),
        pytest.param(b'["occupations by wage",1.5,1,null]', id="null for text"),
        pytest.param(b'["occupations by wage",1.5,1,2]', id="a number for text"),
        pytest.param(b'["occupations by wage",1.5,1,["a"]]', id="a list for text"),
        pytest.param(b'["occupations by wage",1.5,1,{"a":1}]', id="an object for text"),
        pytest.param(b'["occupations by wage",1.5,1,"\\ud800"]', id="half a surrogate pair"),
    ],
)
def test_a_malformed_cursor_is_refused(content: bytes) -> None:
    with pytest.raises(BadUserInput) as refused:
        read_cursor(encoded(content), ORDER, "after")
    assert refused.value.extensions == {"code": "BAD_USER_INPUT", "argument": "after"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{}", id="empty"),
        pytest.param(b'{"occupations by wage":1}', id="of the order's name"),
        pytest.param(b'{"occupations by wage":1.5,"wage":1.5,"rank":1,"slug":"a"}', id="of as many keys as a cursor"),
    ],
)
def test_a_json_object_is_not_a_cursor(content: bytes) -> None:
    with pytest.raises(BadUserInput) as refused:
        read_cursor(encoded(content), ORDER, "before")
    assert (
        refused.value.message == 'Argument "before": it is not a cursor of this API; send one from pageInfo or edges.'
    )
    assert refused.value.extensions == {"code": "BAD_USER_INPUT", "argument": "before"}


# Global ids

type_names = st.sampled_from(["Occupation", "Skill"])


@given(type_names, stored_text)
@example("Occupation", "")
@example("Occupation", "a:b")
@example("Skill", "c++/\N{CLAPPER BOARD}")
def test_an_id_decodes_to_the_type_and_key_it_was_made_from(type_name: str, key: str) -> None:
    assert read_global_id(global_id(type_name, key), "id") == (type_name, key)


@given(type_names, stored_text)
def test_an_id_needs_no_escaping_in_a_url(type_name: str, key: str) -> None:
    assert global_id(type_name, key).replace("-", "").replace("_", "").isalnum()


def test_an_id_does_not_depend_on_the_database() -> None:
    # An id has only the type's name and the slug: base64 of "Occupation:media-producer".
    assert global_id("Occupation", "media-producer") == "T2NjdXBhdGlvbjptZWRpYS1wcm9kdWNlcg"


@pytest.mark.parametrize("padding", ["", "=", "=="])
def test_an_id_may_have_base64_padding(padding: str) -> None:
    assert read_global_id(global_id("Skill", "instagram") + padding, "id") == ("Skill", "instagram")


@given(st.tuples(type_names, stored_text), st.tuples(type_names, stored_text))
def test_two_objects_never_share_an_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (global_id(*one) == global_id(*other)) == (one == other)


@given(type_names, stored_text, st.data(), st.characters() | base64_letters)
def test_a_changed_character_is_refused_or_makes_another_id(
    type_name: str, key: str, data: st.DataObject, character: str
) -> None:
    value = global_id(type_name, key)
    place = data.draw(st.integers(0, len(value) - 1), label="place")
    changed = value[:place] + character + value[place + 1 :]
    assume(changed.rstrip("=") != value)
    found = id_or_none(changed)
    # No object has two ids.
    assert found is None or (found != (type_name, key) and global_id(*found) == changed.rstrip("="))


@given(sent_text | st.text(base64_letters))
@example("")
@example("=")
@example("A")
@example("\ud800")
@example("T2NjdXBhdGlvbjptZWRpYS1wcm9kdWNlcg\n")
@example(" T2NjdXBhdGlvbjptZWRpYS1wcm9kdWNlcg")
def test_any_text_is_refused_or_an_id(text: str) -> None:
    found = id_or_none(text)
    assert found is None or global_id(*found) == text.rstrip("=")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Occupation", id="no key"),
        pytest.param(b"\xff:\xfe", id="no text"),
        pytest.param(b"Occupation\xed\xa0\x80:a", id="half a surrogate pair"),
    ],
)
def test_a_malformed_id_is_refused(content: bytes) -> None:
    with pytest.raises(BadUserInput) as refused:
        read_global_id(encoded(content), "by.id")
    assert (
        refused.value.message
        == 'Argument "by.id": it is not an id of this API; send the id of an object in a response.'
    )
    assert refused.value.extensions == {"code": "BAD_USER_INPUT", "argument": "by.id"}


@pytest.mark.parametrize(("key", "ours", "theirs"), [("~~~", "-", "+"), ("???", "_", "/")], ids=["minus", "underscore"])
def test_an_id_in_the_standard_base64_alphabet_is_refused(key: str, ours: str, theirs: str) -> None:
    value = global_id("Skill", key)
    assert ours in value
    with pytest.raises(BadUserInput):
        read_global_id(value.replace(ours, theirs), "id")

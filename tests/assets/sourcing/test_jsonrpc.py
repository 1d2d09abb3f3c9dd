import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sourcing.contract import ProviderError, RefusedError, TransientError, UnreadableError
from assets.sourcing.jsonrpc import RpcError, answers, call, calls, error_of, result

FINE = {"jsonrpc": "2.0", "id": 1, "result": "0x1"}


def error(code=-32000, message="no", number=1):
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}


def test_calls_are_numbered_from_one():
    assert call("getHealth") == {"jsonrpc": "2.0", "id": 1, "method": "getHealth", "params": []}
    both = calls(("a", ()), ("b", (1, {"x": 2})))
    assert [(each["id"], each["method"], each["params"]) for each in both] == [
        (1, "a", []),
        (2, "b", [1, {"x": 2}]),
    ]


def test_answers_stand_by_the_number_of_their_call():
    body = [FINE | {"id": 2, "result": None}, FINE]
    assert answers(body, node="Node", count=2) == ["0x1", None]
    assert answers(FINE, node="Node", count=1) == ["0x1"]


@pytest.mark.parametrize(
    "body", [None, "x", [], [1], [FINE], {"id": 1}, [FINE, FINE], [FINE | {"id": True}, FINE], {}]
)
def test_something_else_is_unreadable_or_an_error(body):
    with pytest.raises((UnreadableError, RefusedError)):
        answers(body, node="Node", count=2)


def test_an_error_of_one_call_leaves_the_others():
    first, second = answers([FINE, error(3, "execution reverted", number=2)], node="Node", count=2)
    assert (first, second) == ("0x1", RpcError(3, "execution reverted"))
    assert result(first, node="Node") == "0x1"
    with pytest.raises(RefusedError, match="Node refused: execution reverted"):
        result(second, node="Node")


def test_an_error_for_all_calls_is_raised():
    with pytest.raises(RefusedError, match="Node refused: no"):
        answers(error() | {"id": None}, node="Node", count=2)
    assert error_of(error()) == error_of([FINE, error()]) == RpcError(-32000, "no")
    assert error_of(FINE) is error_of([FINE]) is error_of(None) is None


@pytest.mark.parametrize(
    ("code", "text", "kind", "says"),
    [
        (429, "Too many requests", TransientError, "fewer calls"),
        (-32005, "Node is behind by 51 slots", TransientError, "is behind: Node is behind by 51 slots"),
        (-32000, "daily request limit exceeded", TransientError, "fewer calls"),
        (-32000, "missing trie node abc (path )", RefusedError, "no longer has the history"),
        (-32000, "historical state is not available", RefusedError, "an archive node"),
        (-32004, "Block cleaned up, does not exist on node", RefusedError, "no longer has the history"),
        (-32602, "Invalid params", RefusedError, "Node refused: Invalid params"),
        (-32601, "Method not found", RefusedError, "Method not found"),
    ],
)
def test_what_an_error_means_to_a_person(code, text, kind, says):
    problem = RpcError(code, text).as_problem("Node")
    assert isinstance(problem, kind)
    assert says in str(problem)
    assert RpcError(code, text).is_unknown_method == (code == -32601)


def test_an_error_need_not_be_well_formed():
    assert error_of({"error": "Unauthorized"}) == RpcError(None, "Unauthorized")
    assert error_of({"error": {"code": "x", "message": 5}}) == RpcError(None, "no reason given")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "result", "error", "code", "message"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(JSON, st.integers(1, 3))
def test_any_body_is_read_or_refused(body, count):
    try:
        assert len(answers(body, node="Node", count=count)) == count
    except ProviderError as problem:
        assert str(problem)  # noqa: PT017 - whatever comes, a person is told something

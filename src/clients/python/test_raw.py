"""Bytes that no client sends, by gRPC alone. Java's RawGrpcIT has others; none is there twice."""

import random
import threading
from dataclasses import dataclass, field as attribute

import grpc
import pyarrow as pa
import pytest
from grpc import StatusCode
from wire import field, first_field, packed, parsed, unpacked, varint

SERVICE = "/arrow.flight.protocol.FlightService/"
STREAMS_OUT = {"ListFlights", "DoGet", "DoAction", "ListActions"}
STREAMS_BOTH = {"Handshake", "DoPut", "DoExchange"}
CMD, PATH = b"\x08\x02", b"\x08\x01"
REFUSED = {StatusCode.INVALID_ARGUMENT, StatusCode.NOT_FOUND, StatusCode.UNIMPLEMENTED}
TIMEOUT = 30


@dataclass
class Answer:
    code: StatusCode
    text: str = ""
    messages: list[bytes] = attribute(default_factory=list)
    headers: list[tuple[str, str]] = attribute(default_factory=list)

    def one(self) -> bytes:
        assert self.code == StatusCode.OK, self
        (message,) = self.messages
        return message


class Raw:
    def __init__(self, channel: grpc.Channel, credentials: str):
        self.channel = channel
        self.credentials = credentials

    def call(self, method: str, *requests: bytes, headers=(), credentials: str | None = None) -> Answer:
        shape = "unary_stream" if method in STREAMS_OUT else "stream_stream" if method in STREAMS_BOTH else "unary_unary"
        stub = getattr(self.channel, shape)(SERVICE + method)
        metadata = [("authorization", credentials or self.credentials), *headers]
        answer = Answer(StatusCode.OK)
        request = iter(requests) if shape == "stream_stream" else requests[0]
        try:
            if shape == "unary_unary":
                message, call = stub.with_call(request, metadata=metadata, timeout=TIMEOUT)
                answer.messages.append(message)
            else:
                call = stub(request, metadata=metadata, timeout=TIMEOUT)
                answer.messages.extend(call)
            answer.headers = list(call.initial_metadata())
        except grpc.RpcError as failure:
            answer.code, answer.text = failure.code(), failure.details()
        return answer

    def action(self, kind: str, body: bytes = b"", **how) -> Answer:
        return self.call("DoAction", field(1, kind.encode()) + field(2, body), **how)

    def info(self, sql: str, **how) -> Answer:
        return self.call("GetFlightInfo", query(sql), **how)

    def ticket(self, sql: str, **how) -> bytes:
        """A message Ticket."""
        return first_field(parsed(self.info(sql, **how).one())[3][0])

    def prepared(self, sql: str, **how) -> bytes:
        body = packed("ActionCreatePreparedStatementRequest", sql.encode())
        return first_field(unpacked(first_field(self.action("CreatePreparedStatement", body, **how).one())))

    def begun(self, **how) -> bytes:
        body = packed("ActionBeginTransactionRequest")
        return first_field(unpacked(first_field(self.action("BeginTransaction", body, **how).one())))


def described(command: bytes) -> bytes:
    """A FlightDescriptor."""
    return CMD + field(2, command)


def query(sql: str) -> bytes:
    return described(packed("CommandStatementQuery", sql.encode()))


@pytest.fixture
def raw(server):
    options = [("grpc.max_metadata_size", 1 << 20)]
    with grpc.insecure_channel(f"{server.host}:{server.flight_port}", options=options) as channel:
        yield Raw(channel, server.basic)


@pytest.fixture(autouse=True)
def the_server_lives_on(raw):
    yield
    assert raw.call("DoGet", raw.ticket("SELECT 1 AS one")).code == StatusCode.OK


WHOLE = packed("CommandStatementQuery", b"SELECT 1")


@pytest.mark.parametrize(
    "descriptor",
    [
        b"",
        CMD,
        described(b"SELECT 1"),
        described(b"\xff\xff\xff\xff"),
        *(described(WHOLE[:length]) for length in range(1, len(WHOLE), 7)),
        described(field(2, field(1, b"SELECT 1"))),  # an Any without a type
        described(field(1, b"CommandStatementQuery") + field(2, field(1, b"SELECT 1"))),  # a type without a package
        described(packed("CommandNoSuch", b"SELECT 1")),
        described(packed("ActionBeginTransactionRequest")),
        described(packed("DoPutUpdateResult")),
        described(packed("CommandStatementQuery", b"\xff\xfe")),  # not UTF-8
        b"\x08\x00" + field(2, WHOLE),  # type UNKNOWN
        b"\x08\x63" + field(2, WHOLE),  # type 99
        PATH + field(2, WHOLE),  # a command where a path is meant
        PATH + field(3, b""),
        PATH + field(3, b"a") * 4,
    ],
)
@pytest.mark.parametrize("method", ["GetFlightInfo", "GetSchema", "PollFlightInfo", "DoPut", "DoExchange"])
def test_a_descriptor_of_nothing_is_refused(raw, method, descriptor):
    message = field(1, descriptor) if method in STREAMS_BOTH else descriptor
    answer = raw.call(method, message)
    assert answer.code in REFUSED, answer


@pytest.mark.parametrize("method", ["GetFlightInfo", "GetSchema", "PollFlightInfo", "DoGet", "DoAction", "DoPut", "ListFlights", "Handshake"])
def test_what_is_no_message_at_all_ends_the_call(raw, method):
    answer = raw.call(method, b"\xff\xff\xff\xff\xff")
    assert answer.code in REFUSED or (method == "ListFlights" and answer.messages == []), answer


@pytest.mark.parametrize("kind", ["", "NoSuchAction", "createpreparedstatement", "DROP TABLE x", "x" * 5000, "żółć"])
def test_unknown_actions_are_refused(raw, kind):
    answer = raw.action(kind, packed("ActionCreatePreparedStatementRequest", b"SELECT 1"))
    assert answer.code in {StatusCode.UNIMPLEMENTED, StatusCode.INVALID_ARGUMENT}, answer


def test_every_action_refuses_a_body_that_is_none(raw):
    actions = [first_field(action).decode() for action in raw.call("ListActions", b"").messages]
    assert "CreatePreparedStatement" in actions
    for kind in actions:
        for body in (b"\xff\xff\xff", b"SELECT 1", packed("NoSuchMessage", b"x"), packed("TicketStatementQuery", b"x")):
            answer = raw.action(kind, body)
            closes = kind in {"CloseSession", "GetSessionOptions"}  # which have nothing to say
            assert answer.code in REFUSED or (closes and answer.code == StatusCode.OK), (kind, body, answer)


def test_nothing_of_a_user_is_another_s(raw, stranger):
    ticket, handle, transaction = raw.ticket("SELECT 7 AS seven"), raw.prepared("SELECT 8 AS eight"), raw.begun()
    prepared = described(packed("CommandPreparedStatementQuery", handle))
    in_transaction = described(packed("CommandStatementQuery", b"SELECT 9 AS nine", transaction))
    ended = field(1, b"type.googleapis.com/arrow.flight.protocol.sql.ActionEndTransactionRequest") + field(
        2, field(1, transaction) + b"\x10\x02"
    )
    for answer in (
        raw.call("DoGet", ticket, credentials=stranger),
        raw.call("GetFlightInfo", prepared, credentials=stranger),
        raw.call("GetSchema", prepared, credentials=stranger),
        raw.call("GetFlightInfo", in_transaction, credentials=stranger),
        raw.action("EndTransaction", ended, credentials=stranger),
        raw.call("DoPut", field(1, described(packed("CommandPreparedStatementUpdate", handle))), credentials=stranger),
    ):
        assert answer.code == StatusCode.NOT_FOUND, answer
    raw.action("ClosePreparedStatement", packed("ActionClosePreparedStatementRequest", handle), credentials=stranger)
    # And it is all still there for whom it belongs to.
    assert raw.call("DoGet", ticket).code == StatusCode.OK
    assert raw.call("GetFlightInfo", prepared).code == StatusCode.OK
    assert raw.call("GetFlightInfo", in_transaction).code == StatusCode.OK
    assert raw.action("EndTransaction", ended).code == StatusCode.OK


def set_option(name: str, text: str) -> bytes:
    """SetSessionOptionsRequest of one option."""
    return field(1, field(1, name.encode()) + field(2, field(1, text.encode())))


def opened(raw: Raw) -> str:
    """The id of a session that is told from others by its cookie, in which application_name is 'mine'."""
    answer = raw.action("SetSessionOptions", set_option("application_name", "mine"))
    assert answer.code == StatusCode.OK, answer
    (cookie,) = [value for name, value in answer.headers if name == "set-cookie"]
    return cookie.removeprefix("arrow_flight_session_id=").split(";")[0]


def shown(raw: Raw, headers, **how) -> bytes | StatusCode:
    answer = raw.action("GetSessionOptions", headers=headers, **how)
    if answer.code != StatusCode.OK:
        return answer.code
    options = [parsed(option) for option in parsed(first_field(answer.one())).get(1, [])]
    return next((first_field(option[2][0]) for option in options if option[1] == [b"application_name"]), b"")


@pytest.mark.parametrize(
    "cookies",
    [
        ["arrow_flight_session_id={}"],
        ["  arrow_flight_session_id = {} ;"],
        ['arrow_flight_session_id="{}"'],
        ["a=b;arrow_flight_session_id={};c=d"],
        ["a=b; arrow_flight_session_id={}; c=d"],
        ["a=b", "arrow_flight_session_id={}"],
        ["arrow_flight_session_id={}", "a=b"],
        ["=;;==;=x; ;arrow_flight_session_id={}"],
        ["not_arrow_flight_session_id=x; arrow_flight_session_id={}"],
        ["$Version=1; arrow_flight_session_id={}; $Path=/"],
    ],
)
def test_a_cookie_is_found_in_any_form(raw, cookies):
    session = opened(raw)
    assert shown(raw, [("cookie", cookie.format(session)) for cookie in cookies]) == b"mine"


@pytest.mark.parametrize("cookie", ["", ";", "=", "a=b", "arrow_flight_session_id", "arrow_flight_session_id=", "x" * 10_000])
def test_a_cookie_that_names_no_session_does_no_harm(raw, cookie):
    opened(raw)
    assert shown(raw, [("cookie", cookie)]) != b"mine"
    assert raw.info("SELECT 1", headers=[("cookie", cookie)]).code == StatusCode.OK


def test_a_session_that_never_was_or_is_another_s_is_not_found(raw, stranger):
    session = opened(raw)
    mine = [("cookie", f"arrow_flight_session_id={session}")]
    assert shown(raw, [("cookie", "arrow_flight_session_id=made-up")]) == StatusCode.NOT_FOUND
    assert shown(raw, mine, credentials=stranger) == StatusCode.NOT_FOUND
    assert raw.info("SELECT 1", headers=mine, credentials=stranger).code == StatusCode.NOT_FOUND
    assert raw.action("CloseSession", headers=mine, credentials=stranger).code == StatusCode.NOT_FOUND
    assert shown(raw, mine) == b"mine"


def test_a_session_is_closed_once(raw):
    mine = [("cookie", f"arrow_flight_session_id={opened(raw)}")]
    closed = raw.action("CloseSession", headers=mine)
    assert parsed(first_field(closed.one())) == {1: [1]}
    assert any(name == "set-cookie" and "Max-Age=0" in value for name, value in closed.headers)
    assert raw.action("CloseSession", headers=mine).code == StatusCode.NOT_FOUND
    assert raw.info("SELECT 1", headers=mine).code == StatusCode.NOT_FOUND


def test_headers_of_a_hundred_kilobytes_are_read_and_a_megabyte_is_refused(raw):
    assert raw.info("SELECT 1", headers=[("x-large", "x" * 100_000)]).code == StatusCode.OK
    assert raw.info("SELECT 1", headers=[("x-large", "x" * 1_000_000)]).code != StatusCode.OK
    many = [(f"x-{i}", "y" * 50) for i in range(1000)]
    assert raw.info("SELECT 1", headers=many).code == StatusCode.OK


@pytest.mark.parametrize("header", [("x-any-bin", b"\x00\xff\x80"), ("x-any", " "), ("grpc-encoding-of-mine", "none"), ("x-any", "a,b;c=d")])
def test_headers_that_say_nothing_to_the_server_are_let_through(raw, header):
    assert raw.info("SELECT 1", headers=[header]).code == StatusCode.OK


def test_an_exchange_is_not_there_however_it_is_begun(raw):
    half_closed = raw.call("DoExchange")
    described_only = raw.call("DoExchange", field(1, query("SELECT 1")))
    assert {half_closed.code, described_only.code} <= REFUSED, (half_closed, described_only)


def test_a_put_may_be_given_up_at_any_point(raw):
    stub = raw.channel.stream_stream(SERVICE + "DoPut")
    handle = raw.prepared("SELECT CAST(? AS BIGINT) AS i")
    descriptor = described(packed("CommandPreparedStatementQuery", handle))
    schema, batch = ipc_messages(pa.record_batch({"p": pa.array([1, 2])}))
    complete = [field(1, descriptor) + schema, batch, batch]
    for sent in range(len(complete) + 1):
        more = threading.Event()
        reached = threading.Event()

        def messages():
            yield from complete[:sent]
            reached.set()
            more.wait(TIMEOUT)

        call = stub(messages(), metadata=[("authorization", raw.credentials)], timeout=TIMEOUT)
        assert reached.wait(TIMEOUT)
        call.cancel()
        more.set()
        assert call.code() in {StatusCode.CANCELLED, StatusCode.INVALID_ARGUMENT}


def ipc_messages(batch: pa.RecordBatch) -> tuple[bytes, bytes]:
    """FlightData of the schema and of the rows, without a descriptor."""

    def data(buffer) -> bytes:
        message = pa.ipc.read_message(buffer)
        body = message.body.to_pybytes() if message.body else b""
        return field(2, message.metadata.to_pybytes()) + field(1000, body)

    return data(batch.schema.serialize()), data(batch.serialize())


def bound(raw: Raw, handle: bytes, *messages: bytes) -> Answer:
    descriptor = field(1, described(packed("CommandPreparedStatementQuery", handle)))
    return raw.call("DoPut", descriptor + messages[0], *messages[1:])


def test_rows_with_a_broken_description_are_refused(raw):
    """Bits of Arrow's own messages turned over: some still mean something, none may do harm."""
    handle = raw.prepared("SELECT CAST(? AS BIGINT) AS i, CAST(? AS VARCHAR) AS s")
    rows = pa.record_batch({"i": pa.array([1, None, 3]), "s": pa.array(["one", None, "three"])})
    schema, batch = ipc_messages(rows)
    assert bound(raw, handle, schema, batch).code == StatusCode.OK
    randomly = random.Random(20)
    for _ in range(200):
        broken = bytearray(batch)
        for _ in range(randomly.randint(1, 4)):
            broken[randomly.randrange(4, len(broken))] ^= 1 << randomly.randrange(8)
        answer = bound(raw, handle, schema, bytes(broken))
        assert answer.code not in {StatusCode.DEADLINE_EXCEEDED, StatusCode.UNAVAILABLE, StatusCode.UNKNOWN}, answer
    assert bound(raw, handle, schema, batch).code == StatusCode.OK


def test_rows_whose_body_is_missing_or_short_are_refused(raw):
    handle = raw.prepared("SELECT CAST(? AS BIGINT) AS i")
    schema, batch = ipc_messages(pa.record_batch({"i": pa.array(range(100))}))
    header = first_of(batch, 2)
    for body in (b"", b"\x00" * 8, b"\x00" * 799):
        answer = bound(raw, handle, schema, field(2, header) + field(1000, body))
        assert answer.code == StatusCode.INVALID_ARGUMENT, answer


def first_of(message: bytes, number: int) -> bytes:
    return parsed(message)[number][0]


def test_random_bytes_are_answered(raw):
    randomly = random.Random(21)
    for _ in range(300):
        method = randomly.choice(["GetFlightInfo", "GetSchema", "DoGet", "DoAction", "DoPut", "PollFlightInfo"])
        content = randomly.randbytes(randomly.randint(0, 60))
        wrapped = randomly.choice(
            [
                content,
                described(content),
                field(1, content),
                described(packed("CommandStatementUpdate", content)),
                described(packed("CommandGetTables", content, content, content)),
                field(1, field(1, b"CreatePreparedStatement") + field(2, content)),
                varint(randomly.randrange(1 << 40)) + content,
            ]
        )
        answer = raw.call(method, wrapped)
        assert answer.code not in {StatusCode.DEADLINE_EXCEEDED, StatusCode.UNAVAILABLE, StatusCode.UNKNOWN}, (method, wrapped, answer)

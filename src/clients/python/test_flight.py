"""The wire below the drivers, by pyarrow.flight: hand-made commands, tickets and logins."""

import pyarrow as pa
import pyarrow.flight as flight
import pytest
from wire import first_field, packed, unpacked

def command(message: str, *contents: bytes) -> flight.FlightDescriptor:
    return flight.FlightDescriptor.for_command(packed(message, *contents))


@pytest.fixture
def token(flight_client, server):
    return flight.FlightCallOptions(headers=[flight_client.authenticate_basic_token(server.user, server.password)], timeout=60)


def prepare(client, options, sql: str) -> bytes:
    action = flight.Action("CreatePreparedStatement", packed("ActionCreatePreparedStatementRequest", sql.encode()))
    (result,) = client.do_action(action, options)
    return first_field(unpacked(result.body.to_pybytes()))


def test_a_handshake_returns_a_bearer_token(flight_client, server):
    name, value = flight_client.authenticate_basic_token(server.user, server.password)
    assert name.lower() == b"authorization"
    assert value.startswith(b"Bearer ")


def test_a_wrong_password_is_unauthenticated(flight_client, server):
    with pytest.raises(flight.FlightUnauthenticatedError):
        flight_client.authenticate_basic_token(server.user, "wrong")


@pytest.mark.parametrize("header", [None, b"Basic !!!", b"Bearer wrong", b""])
def test_calls_without_credentials_are_unauthenticated(flight_client, header):
    options = flight.FlightCallOptions(headers=[] if header is None else [(b"authorization", header)], timeout=60)
    query = command("CommandStatementQuery", b"SELECT 1")
    for call in (
        lambda: flight_client.get_flight_info(query, options),
        lambda: flight_client.get_schema(query, options),
        lambda: flight_client.do_get(flight.Ticket(b"x"), options).read_all(),
        lambda: list(flight_client.do_action(flight.Action("CreatePreparedStatement", b""), options)),
        lambda: list(flight_client.list_actions(options)),
        lambda: list(flight_client.list_flights(b"", options)),
    ):
        with pytest.raises((flight.FlightUnauthenticatedError, OSError), match="(?i)unauthenticated.*28000"):
            call()


def test_basic_on_every_call_is_enough(flight_client, call_options):
    info = flight_client.get_flight_info(command("CommandStatementQuery", b"SELECT 1 AS a"), call_options)
    assert flight_client.do_get(info.endpoints[0].ticket, call_options).read_all().to_pydict() == {"a": [1]}


def test_announced_described_and_delivered_schema_are_one(flight_client, token):
    query = command("CommandStatementQuery", b"SELECT 1 AS a, 'x' AS b, CAST(1.5 AS DECIMAL(9, 2)) AS c")
    info = flight_client.get_flight_info(query, token)
    described = flight_client.get_schema(query, token).schema
    reader = flight_client.do_get(info.endpoints[0].ticket, token)
    assert info.schema.equals(described, check_metadata=True)
    assert reader.schema.equals(described, check_metadata=True)
    reader.read_all()


@pytest.mark.parametrize(
    ("message", "columns"),
    [
        ("CommandGetCatalogs", ["catalog_name"]),
        ("CommandGetDbSchemas", ["catalog_name", "db_schema_name"]),
        ("CommandGetTables", ["catalog_name", "db_schema_name", "table_name", "table_type"]),
        ("CommandGetTableTypes", ["table_type"]),
        ("CommandGetSqlInfo", ["info_name", "value"]),
    ],
)
def test_metadata_commands_answer(flight_client, token, cursor, message, columns):
    cursor.execute("CREATE TABLE IF NOT EXISTS main.python_listed (i INTEGER)")
    info = flight_client.get_flight_info(command(message), token)
    table = flight_client.do_get(info.endpoints[0].ticket, token).read_all()
    assert table.column_names == columns
    assert table.schema.equals(info.schema)
    assert table.num_rows > 0


def test_a_prepared_query_is_bound_and_run(flight_client, token):
    handle = prepare(flight_client, token, "SELECT CAST(? AS BIGINT) + 1 AS a")
    query = command("CommandPreparedStatementQuery", handle)
    rows = pa.record_batch({"p": pa.array([1, 41], pa.int64())})
    writer, reader = flight_client.do_put(query, rows.schema, token)
    writer.write_batch(rows)
    writer.done_writing()
    reader.read()
    writer.close()
    info = flight_client.get_flight_info(query, token)
    assert flight_client.do_get(info.endpoints[0].ticket, token).read_all().to_pydict() == {"a": [2, 42]}
    close = flight.Action("ClosePreparedStatement", packed("ActionClosePreparedStatementRequest", handle))
    assert list(flight_client.do_action(close, token)) == []
    with pytest.raises(KeyError, match="26000"):  # pyarrow's form of NOT_FOUND
        flight_client.get_flight_info(query, token)


def test_an_update_answers_its_count(flight_client, token):
    def update(sql: bytes) -> int:
        writer, reader = flight_client.do_put(command("CommandStatementUpdate", sql), pa.schema([]), token)
        result = reader.read()
        writer.close()
        content = result.to_pybytes()
        return content[1] if content else 0

    update(b"DROP TABLE IF EXISTS python_flight")
    update(b"CREATE TABLE python_flight (i INTEGER)")
    assert update(b"INSERT INTO python_flight VALUES (1), (2), (3)") == 3
    assert update(b"DELETE FROM python_flight WHERE i > 1") == 2


def test_a_ticket_serves_once(flight_client, token):
    info = flight_client.get_flight_info(command("CommandStatementQuery", b"SELECT 1"), token)
    flight_client.do_get(info.endpoints[0].ticket, token).read_all()
    with pytest.raises(KeyError):  # pyarrow's form of NOT_FOUND
        flight_client.do_get(info.endpoints[0].ticket, token).read_all()


@pytest.mark.parametrize("ticket", [b"", b"garbage", b"\xff\xff\xff", packed("NoSuchMessage")])
def test_a_made_up_ticket_is_an_invalid_argument(flight_client, token, ticket):
    with pytest.raises(pa.ArrowInvalid):
        flight_client.do_get(flight.Ticket(ticket), token).read_all()


def test_a_path_that_can_name_no_table_is_an_invalid_argument(flight_client, token):
    with pytest.raises(pa.ArrowInvalid):
        flight_client.get_flight_info(flight.FlightDescriptor.for_path("a", "b", "c", "d"), token)


def test_bad_sql_is_an_invalid_argument_with_its_place(flight_client, token):
    with pytest.raises(pa.ArrowInvalid, match=r"line 1, column 1.*42601"):
        flight_client.get_flight_info(command("CommandStatementQuery", b"SELEC 1"), token)
    with pytest.raises(pa.ArrowInvalid, match=r"42601"):
        prepare(flight_client, token, "SELEC 1")


def test_a_deadline_is_kept(flight_client, server):
    short = flight.FlightCallOptions(headers=[(b"authorization", server.basic.encode())], timeout=0.5)
    long = flight.FlightCallOptions(headers=[(b"authorization", server.basic.encode())], timeout=60)
    query = command("CommandStatementQuery", b"SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1")
    info = flight_client.get_flight_info(query, long)
    with pytest.raises(flight.FlightTimedOutError):
        flight_client.do_get(info.endpoints[0].ticket, short).read_all()


def test_actions_are_listed(flight_client, token):
    actions = {action.type for action in flight_client.list_actions(token)}
    assert {"CreatePreparedStatement", "ClosePreparedStatement"} <= actions

"""Tables as flights, and what comes with errors: for clients that know Flight and no Flight SQL."""

import pyarrow as pa
import pyarrow.flight as flight
import pytest
from test_flight import prepare
from wire import packed


@pytest.fixture
def tables(cursor):
    cursor.execute("CREATE SCHEMA IF NOT EXISTS flights")
    cursor.execute("CREATE OR REPLACE TABLE flights.a_flight (i INTEGER NOT NULL, s VARCHAR)")
    cursor.execute("INSERT INTO flights.a_flight VALUES (1, 'x'), (2, NULL)")
    cursor.execute("CREATE OR REPLACE VIEW flights.a_flight_view AS SELECT i + 1 AS j FROM flights.a_flight")
    yield
    cursor.execute("DROP SCHEMA flights CASCADE")


@pytest.mark.usefixtures("tables")
def test_tables_and_views_are_listed_and_read(flight_client, call_options):
    found = {info.descriptor.path[-1]: info for info in flight_client.list_flights(b"a\\_flight%", call_options)}
    assert set(found) == {b"a_flight", b"a_flight_view"}
    for info in found.values():
        for _ in range(2):
            table = flight_client.do_get(info.endpoints[0].ticket, call_options).read_all()
            assert table.schema.equals(info.schema)
            assert table.num_rows == 2
    assert all(len(info.descriptor.path) == 3 for info in flight_client.list_flights(b"", call_options))


@pytest.mark.usefixtures("tables")
def test_a_path_is_described_announced_and_delivered_alike(flight_client, call_options):
    for path in (("default", "flights", "a_flight"), ("flights", "a_flight")):
        descriptor = flight.FlightDescriptor.for_path(*path)
        info = flight_client.get_flight_info(descriptor, call_options)
        assert flight_client.get_schema(descriptor, call_options).schema == info.schema
        assert flight_client.do_get(info.endpoints[0].ticket, call_options).read_all().to_pydict() == {
            "i": [1, 2],
            "s": ["x", None],
        }


def test_a_path_of_no_table_is_not_found(flight_client, call_options):
    with pytest.raises(pa.ArrowKeyError, match="42P01"):
        flight_client.get_flight_info(flight.FlightDescriptor.for_path("no_such_table"), call_options)


def test_an_error_has_its_sqlstate_and_position_in_its_details(cursor):
    with pytest.raises(Exception, match="42P01") as failure:
        cursor.execute("SELECT *\nFROM no_such_table")
    details = dict(failure.value.details)
    assert any(b"UNDEFINED_TABLE" in value and b"line" in value for value in details.values()), details


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_a_result_is_compressed_when_the_client_asks(flight_client, server, compression):
    headers = [(b"authorization", server.basic.encode())]
    plain = flight.FlightCallOptions(headers=headers, timeout=60)
    compressed = flight.FlightCallOptions(headers=[*headers, (b"compression", compression.encode())], timeout=60)
    query = flight.FlightDescriptor.for_command(
        packed("CommandStatementQuery", b"SELECT i, 'the same' AS s, [i] AS l, NULL AS n FROM range(100000) r(i)")
    )
    tables = [
        flight_client.do_get(flight_client.get_flight_info(query, plain).endpoints[0].ticket, options).read_all()
        for options in (plain, compressed)
    ]
    assert tables[0].num_rows == 100_000
    assert tables[0].equals(tables[1])


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_compressed_rows_are_bound(flight_client, server, compression):
    options = flight.FlightCallOptions(
        headers=[(b"authorization", server.basic.encode())],
        timeout=60,
        write_options=pa.ipc.IpcWriteOptions(compression=compression),
    )
    handle = prepare(flight_client, options, "SELECT CAST(? AS VARCHAR) AS s")
    rows = pa.table({"p": ["the same text"] * 5000 + [None]})
    descriptor = flight.FlightDescriptor.for_command(packed("CommandPreparedStatementQuery", handle))
    writer, reader = flight_client.do_put(descriptor, rows.schema, options)
    with writer:
        writer.write_table(rows.slice(0, 100))
        writer.write_table(rows.slice(5000))
        writer.done_writing()
        reader.read()
    info = flight_client.get_flight_info(descriptor, options)
    found = flight_client.do_get(info.endpoints[0].ticket, options).read_all()
    assert found.column("s").to_pylist() == ["the same text"] * 100 + [None]


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_adbc_reads_compressed_results(server, compression):
    with (
        server.connect(**{"adbc.flight.sql.rpc.call_header.compression": compression}) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT i, 'the same' AS s FROM range(100000) r(i) ORDER BY i")
        table = cursor.fetch_arrow_table()
    assert table.column("i").to_pylist() == list(range(100_000))
    assert set(table.column("s").to_pylist()) == {"the same"}

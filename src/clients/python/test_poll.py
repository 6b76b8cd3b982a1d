"""Results that are stored: partitions redeemed by others, incremental execution by polling, several endpoints, cancel."""

import threading
import time
import urllib.request

import adbc_driver_flightsql
import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
import pyarrow.compute
import pyarrow.flight as flight
import pytest
from adbc_driver_manager import StatementOptions
from wire import field, packed

OPTION = "adbc.flight.sql.session.option."
ENDLESS = "SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1"


def read(server, partitions):
    """The partitions' rows in their order, each over a connection of its own."""
    tables = []
    for partition in partitions:
        with server.connect() as other, other.cursor() as cursor:
            cursor.adbc_read_partition(partition)
            tables.append(cursor.fetch_arrow_table())
    return pa.concat_tables(tables)


def streams(server) -> float:
    with urllib.request.urlopen(urllib.request.Request(f"{server.http}/actuator/prometheus", headers={"Authorization": server.basic})) as page:
        lines = page.read().decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith("skyport_streams_active"))


def await_no_stream(server):
    deadline = time.monotonic() + 20
    while streams(server) > 0:
        assert time.monotonic() < deadline, "a query runs on"


def test_a_partition_is_redeemed_over_another_connection(server, cursor):
    partitions, schema = cursor.adbc_execute_partitions("SELECT i FROM range(100000) AS t(i)")

    assert len(partitions) == 1
    assert schema.names == ["i"]
    assert pa.compute.sum(read(server, partitions)["i"]).as_py() == 4_999_950_000
    with pytest.raises(dbapi.ProgrammingError, match="unknown"):
        read(server, partitions)


def test_a_large_result_comes_at_several_endpoints_if_the_session_says_so(server):
    with server.connect() as connection, connection.cursor() as cursor:
        connection.adbc_connection.set_options(**{OPTION + "max_endpoints": "4"})
        partitions, _ = cursor.adbc_execute_partitions("SELECT i, hash(i) AS h FROM range(5000000) AS t(i)")
        assert len(partitions) == 4
        for _ in range(2):
            table = read(server, partitions)
            assert table["i"].to_pylist() == list(range(5_000_000))

        cursor.execute("SELECT i, hash(i) AS h FROM range(5000000) AS t(i)")
        assert cursor.fetch_arrow_table()["i"].to_pylist() == list(range(5_000_000))
        partitions, _ = cursor.adbc_execute_partitions("SELECT 1 AS i")
        assert len(partitions) == 1


def test_incremental_execution_gives_partitions_until_there_are_no_more(server, connection):
    with connection.cursor(adbc_stmt_kwargs={StatementOptions.INCREMENTAL.value: "true"}) as cursor:
        for _ in range(2):
            cursor.adbc_statement.set_sql_query("SELECT i, hash(i) AS h FROM range(3000000) AS t(i)")
            found = []
            while True:
                partitions, schema, _ = cursor.adbc_statement.execute_partitions()
                if not partitions:
                    break
                found += partitions
            assert read(server, found)["i"].to_pylist() == list(range(3_000_000))


def test_incremental_execution_gives_parts_of_the_rows_before_all_are_there(server):
    with server.connect() as connection:
        connection.adbc_connection.set_options(**{OPTION + "max_endpoints": "8"})
        with connection.cursor(adbc_stmt_kwargs={StatementOptions.INCREMENTAL.value: "true"}) as cursor:
            cursor.adbc_statement.set_sql_query("SELECT i, hash(i) AS h FROM range(20000000) AS t(i)")
            found, calls = [], 0
            while True:
                partitions, _, _ = cursor.adbc_statement.execute_partitions()
                if not partitions:
                    break
                found += partitions
                calls += 1
            assert len(found) == 8
            assert calls > 1
            table = read(server, found)
            assert table.num_rows == 20_000_000
            numbers = table["i"].combine_chunks()
            assert pa.compute.all(pa.compute.equal(pa.compute.subtract(numbers[1:], numbers[:-1]), 1)).as_py()


def test_incremental_execution_tells_what_fails(connection):
    with connection.cursor(adbc_stmt_kwargs={StatementOptions.INCREMENTAL.value: "true"}) as cursor:
        cursor.adbc_statement.set_sql_query("SELECT CAST('x' || i AS INTEGER) FROM range(1000) AS t(i)")
        with pytest.raises(dbapi.Error, match="22"):
            cursor.adbc_statement.execute_partitions()


def test_a_query_under_way_is_cancelled(server, connection):
    with connection.cursor() as cursor:
        stop = threading.Timer(1, cursor.adbc_cancel)
        stop.start()
        with pytest.raises(dbapi.Error):
            cursor.execute(ENDLESS)
            cursor.fetchall()
        stop.join()
    await_no_stream(server)


def test_a_query_that_was_polled_is_cancelled_by_its_flight(server, connection, flight_client, call_options):
    name = adbc_driver_flightsql.StatementOptions.LAST_FLIGHT_INFO.value
    with connection.cursor(adbc_stmt_kwargs={StatementOptions.INCREMENTAL.value: "true"}) as cursor:
        cursor.adbc_statement.set_sql_query(ENDLESS)
        failures = []

        def execute():
            try:
                cursor.adbc_statement.execute_partitions()
            except dbapi.Error as failure:
                failures.append(failure)

        polling = threading.Thread(target=execute)
        polling.start()
        deadline = time.monotonic() + 20
        while not (info := cursor.adbc_statement.get_option_bytes(name)):
            assert time.monotonic() < deadline
        (result,) = flight_client.do_action(("CancelFlightInfo", field(1, info)), call_options)
        assert result.body.to_pybytes() in (b"\x08\x01", b"\x08\x02")
        polling.join(30)
        assert "cancel" in str(failures[0]).lower()
    await_no_stream(server)


def test_pyarrow_cancels_what_it_does_not_fetch(flight_client, call_options):
    descriptor = flight.FlightDescriptor.for_command(packed("CommandStatementQuery", b"SELECT 1"))
    info = flight_client.get_flight_info(descriptor, call_options)
    (result,) = flight_client.do_action(("CancelFlightInfo", field(1, info.serialize())), call_options)
    assert result.body.to_pybytes() == b"\x08\x01"
    with pytest.raises((flight.FlightCancelledError, pa.ArrowCancelled)):
        flight_client.do_get(info.endpoints[0].ticket, call_options).read_all()

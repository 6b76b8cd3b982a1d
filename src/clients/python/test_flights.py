"""Tables as flights, and what comes with errors: for clients that know Flight and no Flight SQL."""

import pyarrow as pa
import pyarrow.flight as flight
import pytest


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

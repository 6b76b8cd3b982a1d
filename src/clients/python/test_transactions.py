"""Whole flows with ADBC's default, autocommit off, and its session options."""

import adbc_driver_flightsql.dbapi as flightsql
import adbc_driver_manager.dbapi as dbapi
import pytest
from adbc_driver_flightsql import DatabaseOptions


@pytest.fixture
def table(server, request):
    """A table (i, t) of this test's own."""
    name = f"main.{request.node.originalname}"
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TABLE {name} (i INTEGER PRIMARY KEY, t VARCHAR)")
    return name


@pytest.fixture
def manual(server):
    with server.connect(autocommit=False) as connection:
        yield connection


def rows(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_what_is_not_committed_is_seen_by_its_own_connection_only(server, connection, manual, table):
    with manual.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES (1, 'one')")
        assert cursor.rowcount == 1
        assert rows(manual, f"SELECT * FROM {table}") == [(1, "one")]
        assert rows(connection, f"SELECT * FROM {table}") == []
        manual.commit()
        assert rows(connection, f"SELECT * FROM {table}") == [(1, "one")]
        cursor.execute(f"UPDATE {table} SET t = 'two'")
        manual.rollback()
        assert rows(manual, f"SELECT t FROM {table}") == [("one",)]


def test_the_same_statement_goes_on_in_the_next_transaction(connection, manual, table):
    with manual.cursor() as cursor:
        for i in range(3):
            cursor.execute(f"INSERT INTO {table} VALUES (?, 'x')", (i,))
            manual.commit()
        cursor.execute(f"INSERT INTO {table} VALUES (?, 'x')", (3,))
        manual.rollback()
        for expected in ([(0,), (1,), (2,)], [(0,), (1,), (2,)]):
            cursor.execute(f"SELECT i FROM {table} ORDER BY i")
            assert cursor.fetchall() == expected
            manual.commit()
    assert rows(connection, f"SELECT count(*) FROM {table}") == [(3,)]


def test_after_a_failed_statement_and_a_rollback_things_go_on(manual, table):
    with manual.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES (1, 'one')")
        with pytest.raises(dbapi.Error, match="23505"):
            cursor.execute(f"INSERT INTO {table} VALUES (1, 'again')")
        with pytest.raises(dbapi.Error, match="25P02"):
            cursor.execute("SELECT 1")
            cursor.fetchall()
        manual.rollback()
        cursor.execute(f"INSERT INTO {table} VALUES (2, 'two')")
        manual.commit()
        assert rows(manual, f"SELECT i FROM {table}") == [(2,)]


def test_many_rows_are_inserted_in_the_transaction(connection, manual, table):
    with manual.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(i, str(i)) for i in range(1000)])
        assert rows(connection, f"SELECT count(*) FROM {table}") == [(0,)]
        manual.rollback()
        assert rows(manual, f"SELECT count(*) FROM {table}") == [(0,)]
        cursor.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(i, str(i)) for i in range(1000)])
        manual.commit()
    assert rows(connection, f"SELECT count(*) FROM {table}") == [(1000,)]


def test_temporary_tables_live_on_after_commit_and_not_after_rollback(manual):
    with manual.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE mine (i INTEGER)")
        cursor.execute("INSERT INTO mine VALUES (1)")
        manual.commit()
        cursor.execute("INSERT INTO mine VALUES (2)")
        manual.rollback()
        cursor.execute("SELECT i FROM mine")
        assert cursor.fetchall() == [(1,)]
        cursor.execute("CREATE TEMPORARY TABLE undone (i INTEGER)")
        manual.rollback()
        with pytest.raises(dbapi.Error, match="42P01"):
            cursor.execute("SELECT i FROM undone")


def test_what_is_open_when_the_connection_closes_is_rolled_back(server, connection, table):
    with server.connect(autocommit=False) as manual, manual.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES (1, 'one')")
    assert rows(connection, f"SELECT * FROM {table}") == []


def test_of_two_writers_of_a_row_one_is_told(server, manual, table):
    with manual.cursor() as cursor, server.connect(autocommit=False) as other, other.cursor() as second:
        cursor.execute(f"INSERT INTO {table} VALUES (1, 'one')")
        manual.commit()
        cursor.execute(f"UPDATE {table} SET t = 'first'")
        with pytest.raises(dbapi.Error, match="40001"):
            second.execute(f"UPDATE {table} SET t = 'second'")
        other.rollback()
        manual.commit()
        second.execute(f"UPDATE {table} SET t = t || ' and second'")
        other.commit()
        manual.rollback()
        assert rows(manual, f"SELECT t FROM {table}") == [("first and second",)]


def test_the_current_catalog_and_schema_are_of_the_connection(server, connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE IF NOT EXISTS elsewhere")
        cursor.execute("CREATE SCHEMA IF NOT EXISTS elsewhere.inside")
        cursor.execute("CREATE OR REPLACE TABLE elsewhere.inside.found AS SELECT 7 AS seven")
    with server.connect() as other:
        assert other.adbc_current_catalog == "default"
        other.adbc_current_catalog = "elsewhere"
        other.adbc_current_db_schema = "inside"
        assert (other.adbc_current_catalog, other.adbc_current_db_schema) == ("elsewhere", "inside")
        assert rows(other, "SELECT seven FROM found") == [(7,)]
        with pytest.raises(dbapi.Error):
            other.adbc_current_catalog = "nowhere"
    assert connection.adbc_current_catalog == "default"


def test_a_cookie_holds_the_session_of_a_client_without_a_token(server):
    options = {
        DatabaseOptions.AUTHORIZATION_HEADER.value: server.basic,
        DatabaseOptions.WITH_COOKIE_MIDDLEWARE.value: "true",
    }
    with flightsql.connect(server.uri, db_kwargs=options, autocommit=True) as connection:
        with connection.cursor() as cursor:
            with pytest.raises(dbapi.Error, match="25000"):
                cursor.execute("SET application_name = 'mine'")
            connection.adbc_current_db_schema = "main"
            cursor.execute("SET application_name = 'mine'")
            cursor.execute("SHOW application_name")
            assert cursor.fetchall() == [("mine",)]

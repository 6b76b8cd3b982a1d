"""Of DBAPI and of ADBC's own calls what is not running one statement: cursors, scripts, cancelling, several at once."""

import threading

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
import pytest

SLOW = "SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1"


def test_a_cursor_describes_its_columns_by_dbapi_s_types(cursor):
    cursor.execute(
        "SELECT 1 AS n, 1.5e0 AS f, 'x' AS s, X'00' AS b, DATE '2024-01-01' AS t,"
        " TIMESTAMP '2024-01-01 00:00:00' AS ts, TRUE AS o"
    )
    types = {column[0]: column[1] for column in cursor.description}
    assert types["n"] == dbapi.NUMBER
    assert types["f"] == dbapi.NUMBER
    assert types["s"] == dbapi.STRING
    assert types["b"] == dbapi.BINARY
    assert types["t"] == dbapi.DATETIME
    assert types["ts"] == dbapi.DATETIME
    assert types["o"] not in (dbapi.STRING, dbapi.BINARY, dbapi.DATETIME)


def test_rows_are_fetched_one_some_and_all(cursor):
    cursor.execute("SELECT i FROM range(10) AS t(i)")
    cursor.arraysize = 2
    assert cursor.fetchone() == (0,)
    assert cursor.fetchmany() == [(1,), (2,)]
    assert cursor.fetchmany(3) == [(3,), (4,), (5,)]
    assert next(cursor) == (6,)
    assert cursor.rownumber == 7
    assert cursor.fetchall() == [(7,), (8,), (9,)]
    assert cursor.fetchone() is None
    assert cursor.fetchmany(2) == []


def test_a_statement_without_rows_has_none_to_fetch(cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.python_adbc (i INTEGER)")
    assert cursor.fetchall() == []
    cursor.execute("UPDATE main.python_adbc SET i = 1")
    assert cursor.rowcount == 0
    assert cursor.fetchone() is None


def test_a_script_is_one_statement(cursor):
    cursor.executescript("CREATE OR REPLACE TABLE main.python_script (i INTEGER);")
    with pytest.raises(dbapi.ProgrammingError, match=r"column 44\) \[42601\]"):
        cursor.executescript("INSERT INTO main.python_script VALUES (1); INSERT INTO main.python_script VALUES (2)")
    cursor.execute("SELECT count(*) FROM main.python_script")
    assert cursor.fetchall() == [(0,)]


def test_two_cursors_of_a_connection_read_by_turns(connection):
    with connection.cursor() as first, connection.cursor() as second:
        first.execute("SELECT i FROM range(200000) AS t(i)")
        second.execute("SELECT -i AS j FROM range(200000) AS t(i)")
        firsts, seconds = first.fetch_record_batch(), second.fetch_record_batch()
        rows = 0
        for one, other in zip(firsts, seconds):
            assert one.num_rows == other.num_rows
            rows += one.num_rows
        assert rows == 200_000


def test_a_result_that_is_not_read_to_its_end_is_given_up(connection):
    for _ in range(20):
        with connection.cursor() as cursor:
            cursor.execute("SELECT i, repeat('x', 100) AS s FROM range(10000000) AS t(i)")
            assert cursor.fetchone() == (0, "x" * 100)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_connection_is_cloned(connection):
    with connection.adbc_clone() as clone, clone.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_commit_and_rollback_do_nothing_with_autocommit(connection, cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.python_at_once AS SELECT 1 AS i")
    connection.rollback()
    connection.commit()
    cursor.execute("SELECT i FROM main.python_at_once")
    assert cursor.fetchall() == [(1,)]


def test_autocommit_is_switched(server, connection, cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.python_switched (i INTEGER)")
    with server.connect(autocommit=False) as other, other.cursor() as manual:
        manual.execute("INSERT INTO main.python_switched VALUES (1)")
        other.adbc_connection.set_autocommit(True)  # which commits
        manual.execute("INSERT INTO main.python_switched VALUES (2)")
        cursor.execute("SELECT i FROM main.python_switched ORDER BY i")
        assert cursor.fetchall() == [(1,), (2,)]


@pytest.mark.parametrize("when", ["before it reads", "while it reads"])
def test_a_query_that_gives_no_row_for_long_is_cancelled_by_another_thread(cursor, when):
    reading = threading.Event()
    failures = []

    def read():
        try:
            cursor.execute(SLOW)
            reading.set()
            cursor.fetchall()
        except Exception as failure:
            failures.append(failure)

    reader = threading.Thread(target=read)
    reader.start()
    if when == "while it reads":
        assert reading.wait(30)
    while reader.is_alive():  # a cancel before there is something to cancel is none
        cursor.adbc_cancel()
        reader.join(0.05)
    assert len(failures) == 1
    assert "ancel" in str(failures[0])


def test_a_timeout_of_the_client_s_stops_the_query(server):
    with server.connect(**{"adbc.flight.sql.rpc.timeout_seconds.fetch": "0.5"}) as connection, connection.cursor() as cursor:
        with pytest.raises((dbapi.Error, OSError), match="(?i)deadline|timeout"):
            cursor.execute(SLOW)
            cursor.fetchall()
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_timeout_of_the_session_stops_the_query(cursor):
    cursor.execute("SET query_timeout = 0.5")
    with pytest.raises(dbapi.Error, match="57014"):
        cursor.execute(SLOW)
        cursor.fetchall()


def test_an_update_of_many_null_and_other_values_comes_back(cursor):
    """What is NULL in one row and not in the next, and NULL where the engine would tell the type by the value."""
    cursor.execute("CREATE OR REPLACE TABLE main.python_nulls (i BIGINT, s VARCHAR, d DECIMAL(12, 2), l BIGINT[])")
    rows = pa.record_batch(
        {
            "i": pa.array([None, 1, None]),
            "s": pa.array(["a", None, None]),
            "d": pa.array([None, "1.25", None]).cast(pa.decimal128(12, 2)),
            "l": pa.array([[1, None], None, []], pa.list_(pa.int64())),
        }
    )
    cursor.executemany("INSERT INTO main.python_nulls VALUES (?, ?, ?, ?)", rows)
    cursor.execute("SELECT * FROM main.python_nulls ORDER BY i NULLS LAST, s NULLS LAST")
    assert cursor.fetch_arrow_table().to_pylist() == [rows.to_pylist()[i] for i in (1, 0, 2)]
    for sql, parameters in (
        ("SELECT s || ? AS r FROM main.python_nulls", (None,)),
        ("SELECT d + ? AS r FROM main.python_nulls", (None,)),
        ("SELECT ? || '!' AS r FROM main.python_nulls", (None,)),
    ):
        cursor.execute(sql, parameters)
        assert cursor.fetchall() == [(None,)] * 3


def test_objects_of_many_tables_arrive_whole(connection, cursor):
    cursor.execute("CREATE SCHEMA IF NOT EXISTS python_many")
    for i in range(30):
        columns = ", ".join(f"c{j} INTEGER" for j in range(30))
        cursor.execute(f"CREATE TABLE IF NOT EXISTS python_many.t{i:02} ({columns})")
    (default,) = connection.adbc_get_objects(
        depth="all", catalog_filter="default", db_schema_filter="python\\_many", column_name_filter="c1%"
    ).read_all().to_pylist()
    (schema,) = default["catalog_db_schemas"]
    assert [table["table_name"] for table in schema["db_schema_tables"]] == [f"t{i:02}" for i in range(30)]
    for table in schema["db_schema_tables"]:
        assert [column["column_name"] for column in table["table_columns"]] == ["c1"] + [f"c{j}" for j in range(10, 20)]
    cursor.execute("DROP SCHEMA python_many CASCADE")


def test_statistics_are_not_of_the_driver(connection):
    with pytest.raises(dbapi.NotSupportedError):
        connection.adbc_get_statistics()


def test_many_threads_have_connections_of_their_own(server):
    answers = []

    def ask(i: int):
        with server.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT sum(i) + ? AS s FROM range(100000) AS t(i)", (i,))
            answers.append(cursor.fetchone()[0] - 4_999_950_000)

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == list(range(16))

"""A result as a frame, and a frame as a table: one line each, as docs/clients.md has them."""

import duckdb
import pandas
import polars
import pytest

SQL = "SELECT i, i * 1.5 AS d, CASE WHEN i = 2 THEN NULL ELSE 's' || i END AS s, TIMESTAMP '2024-02-29 12:00:00' AS t FROM range(5) AS r(i)"


@pytest.fixture
def target(cursor, request):
    name = f"python_{request.node.originalname}"
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    return name


def count(cursor, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return cursor.fetchone()[0]


def test_pandas_reads(connection):
    frame = pandas.read_sql(SQL, connection)
    assert frame.shape == (5, 4)
    assert frame["i"].sum() == 10
    assert frame["s"].isna().sum() == 1
    assert str(frame["t"].dtype).startswith("datetime64")


def test_pandas_writes(connection, cursor, target):
    frame = pandas.read_sql(SQL, connection)
    frame.to_sql(target, connection, index=False)
    assert count(cursor, target) == 5
    frame.to_sql(target, connection, index=False, if_exists="append")
    assert count(cursor, target) == 10
    with pytest.raises(ValueError, match="exists"):
        frame.to_sql(target, connection, index=False)
    frame.to_sql(target, connection, index=False, if_exists="replace")
    assert pandas.read_sql(f"SELECT * FROM {target} ORDER BY i", connection).equals(frame)


def test_polars_reads(connection):
    frame = polars.read_database(SQL, connection)
    assert frame.shape == (5, 4)
    assert frame["i"].sum() == 10
    assert frame["s"].null_count() == 1
    assert frame.schema["t"] == polars.Datetime("us")


def test_polars_reads_batch_by_batch_and_with_parameters(connection):
    batches = list(polars.read_database("SELECT i FROM range(300000) AS t(i)", connection, iter_batches=True, batch_size=1000))
    assert sum(len(batch) for batch in batches) == 300_000
    frame = polars.read_database(
        "SELECT i FROM range(10) AS t(i) WHERE i > ?", connection, execute_options={"parameters": [7]}
    )
    assert frame["i"].to_list() == [8, 9]


def test_polars_writes(connection, cursor, target):
    frame = polars.read_database(SQL, connection)
    frame.write_database(target, connection, engine="adbc")
    assert count(cursor, target) == 5
    frame.write_database(target, connection, engine="adbc", if_table_exists="append")
    assert count(cursor, target) == 10
    frame.write_database(target, connection, engine="adbc", if_table_exists="replace")
    assert polars.read_database(f"SELECT * FROM {target} ORDER BY i", connection).equals(frame)


def test_duckdb_reads(cursor):
    cursor.execute(SQL)
    result = cursor.fetch_record_batch()
    assert duckdb.sql("SELECT count(*), sum(i), count(s) FROM result").fetchall() == [(5, 10, 4)]

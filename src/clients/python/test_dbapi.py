"""Statements, parameters, types and failures by ADBC's DBAPI, autocommit on."""

import datetime
import decimal

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
import pyarrow.compute
import pytest


@pytest.fixture
def table(cursor, request):
    """Makes tables that are this test's own."""

    def create(columns: str) -> str:
        name = f"main.{request.node.originalname}"
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TABLE {name} ({columns})")
        return name

    return create


def value(cursor, sql, parameters=None):
    cursor.execute(sql, parameters)
    (row,) = cursor.fetchall()
    (only,) = row
    return only


def test_a_query_gives_its_rows(cursor):
    cursor.execute("SELECT a, b FROM (VALUES (2, 'two'), (1, NULL)) AS t(a, b) ORDER BY a")
    assert [column[0] for column in cursor.description] == ["a", "b"]
    assert cursor.fetchall() == [(1, None), (2, "two")]


def test_a_query_without_rows_has_a_schema(cursor):
    cursor.execute("SELECT a, b FROM (VALUES (1, 'x')) AS t(a, b) WHERE a = 0")
    table = cursor.fetch_arrow_table()
    assert table.num_rows == 0
    assert table.schema.names == ["a", "b"]
    assert table.schema.types == [pa.int32(), pa.string()]


def test_a_large_result_arrives_whole(cursor):
    cursor.execute("SELECT i FROM range(1000000) AS t(i)")
    table = cursor.fetch_arrow_table()
    assert table.num_rows == 1_000_000
    assert pa.compute.sum(table["i"]).as_py() == 499_999_500_000


def test_a_result_is_read_batch_by_batch(cursor):
    cursor.execute("SELECT i FROM range(300000) AS t(i)")
    reader = cursor.fetch_record_batch()
    rows = [batch.num_rows for batch in reader]
    assert sum(rows) == 300_000
    assert len(rows) > 1


def test_trailing_semicolons_and_comments_do_not_matter(cursor):
    for sql in ("SELECT 1;", "SELECT 1;;;", "SELECT 1 -- end", "/* a */ SELECT 1 /* b */ ;"):
        assert value(cursor, sql) == 1


def test_ddl_and_dml_run_once_and_say_how_many_rows(cursor, table):
    name = table("i INTEGER")
    cursor.execute(f"INSERT INTO {name} VALUES (1), (2), (3)")
    assert cursor.rowcount == 3
    assert value(cursor, f"SELECT count(*) FROM {name}") == 3
    cursor.execute(f"UPDATE {name} SET i = i + 1 WHERE i > 1")
    assert cursor.rowcount == 2
    cursor.execute(f"DELETE FROM {name}")
    assert cursor.rowcount == 3


def test_the_same_statement_runs_with_new_parameters(cursor):
    for i in range(3):
        assert value(cursor, "SELECT CAST(? AS BIGINT) * 2", (i,)) == 2 * i


def test_executemany_inserts_all_rows_as_one(cursor, table):
    name = table("i BIGINT, s VARCHAR")
    rows = [(i, None if i % 10 == 0 else f"row {i}") for i in range(1000)]
    cursor.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
    assert cursor.rowcount == 1000
    cursor.execute(f"SELECT i, s FROM {name} ORDER BY i")
    assert cursor.fetchall() == rows


def test_executemany_takes_arrow(cursor, table):
    name = table("i INTEGER, s VARCHAR, t TIMESTAMP")
    batch = pa.record_batch(
        {
            "i": pa.array([1, 2, None], pa.int32()),
            "s": pa.array(["a", "b", "a"]).dictionary_encode(),
            "t": pa.array([0, 1_700_000_000_123_456, None], pa.timestamp("us")),
        }
    )
    cursor.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", batch)
    cursor.execute(f"SELECT * FROM {name} ORDER BY i NULLS LAST")
    assert cursor.fetchall() == [
        (1, "a", datetime.datetime(1970, 1, 1)),
        (2, "b", datetime.datetime(2023, 11, 14, 22, 13, 20, 123456)),
        (None, "a", None),
    ]


def test_executemany_that_fails_leaves_nothing(cursor, table):
    name = table("i BIGINT PRIMARY KEY")
    with pytest.raises(dbapi.Error, match="23505"):
        cursor.executemany(f"INSERT INTO {name} VALUES (?)", [(i,) for i in (*range(100), 50)])
    assert value(cursor, f"SELECT count(*) FROM {name}") == 0


def test_executemany_with_no_rows_changes_nothing(cursor, table):
    name = table("i BIGINT")
    cursor.executemany(f"INSERT INTO {name} VALUES (?)", pa.record_batch({"i": pa.array([], pa.int64())}))
    assert value(cursor, f"SELECT count(*) FROM {name}") == 0


UTC = datetime.timezone.utc
PARAMETERS = [
    ("BOOLEAN", True),
    ("INTEGER", -(2**31)),
    ("BIGINT", 2**63 - 1),
    ("DOUBLE", 1.5e300),
    ("DOUBLE", float("inf")),
    ("VARCHAR", "żółć 漢字 🦆 'quoted'"),
    ("VARCHAR", ""),
    ("BLOB", b"\x00\xff\x10"),
    ("DECIMAL(18, 4)", decimal.Decimal("12345.6789")),
    ("DECIMAL(38, 0)", decimal.Decimal("9" * 38)),
    ("DATE", datetime.date(2024, 2, 29)),
    ("DATE", datetime.date(1, 1, 1)),
    ("TIME", datetime.time(23, 59, 58, 123456)),
    ("TIMESTAMP", datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)),
    ("TIMESTAMP WITH TIME ZONE", datetime.datetime(2024, 6, 1, 12, 30, tzinfo=UTC)),
    ("INTEGER", None),
    ("VARCHAR", None),
]


@pytest.mark.parametrize(("sql_type", "parameter"), PARAMETERS)
def test_a_parameter_comes_back_as_it_went(cursor, sql_type, parameter):
    assert value(cursor, f"SELECT CAST(? AS {sql_type}) AS v", (parameter,)) == parameter


@pytest.mark.parametrize(("sql_type", "parameter"), PARAMETERS)
def test_a_parameter_is_stored(cursor, table, sql_type, parameter):
    name = table(f"v {sql_type}")
    cursor.execute(f"INSERT INTO {name} VALUES (?)", (parameter,))
    assert cursor.rowcount == 1
    cursor.executemany(f"INSERT INTO {name} VALUES (?)", [(parameter,)] * 20)
    cursor.execute(f"SELECT v, count(*) FROM {name} GROUP BY v")
    assert cursor.fetchall() == [(parameter, 21)]


@pytest.mark.parametrize(
    ("expression", "arrow_type", "expected"),
    [
        ("TRUE", pa.bool_(), True),
        ("CAST(-128 AS TINYINT)", pa.int8(), -128),
        ("CAST(-32768 AS SMALLINT)", pa.int16(), -32768),
        ("CAST(7 AS INTEGER)", pa.int32(), 7),
        ("CAST(7 AS BIGINT)", pa.int64(), 7),
        ("CAST(255 AS UTINYINT)", pa.int16(), 255),
        ("CAST(65535 AS USMALLINT)", pa.int32(), 65535),
        ("CAST(4294967295 AS UINTEGER)", pa.int64(), 4294967295),
        ("CAST('18446744073709551615' AS UBIGINT)", pa.decimal128(20, 0), decimal.Decimal(18446744073709551615)),
        ("CAST('99999999999999999999' AS HUGEINT)", pa.decimal128(38, 0), decimal.Decimal("9" * 20)),
        ("CAST(1.5 AS REAL)", pa.float32(), 1.5),
        ("CAST(1.5 AS DOUBLE)", pa.float64(), 1.5),
        ("CAST(1.25 AS DECIMAL(10, 2))", pa.decimal128(10, 2), decimal.Decimal("1.25")),
        ("'text'", pa.string(), "text"),
        ("X'00ff'", pa.binary(), b"\x00\xff"),
        ("DATE '2024-02-29'", pa.date32(), datetime.date(2024, 2, 29)),
        ("TIME '12:34:56'", pa.time64("us"), datetime.time(12, 34, 56)),
        ("TIMESTAMP '2024-02-29 12:34:56.123456'", pa.timestamp("us"), datetime.datetime(2024, 2, 29, 12, 34, 56, 123456)),
        ("CAST('00112233-4455-6677-8899-aabbccddeeff' AS UUID)", pa.string(), "00112233-4455-6677-8899-aabbccddeeff"),
        ("ARRAY[1, 2, NULL]", None, [1, 2, None]),
        ("MAP['k', 1]", None, [("k", 1)]),
    ],
)
def test_a_type_has_its_arrow_form(cursor, expression, arrow_type, expected):
    cursor.execute(f"SELECT {expression} AS v")
    table = cursor.fetch_arrow_table()
    assert table["v"].to_pylist() == [expected]
    if arrow_type is not None:
        assert table.schema.field("v").type == arrow_type


def test_an_instant_is_in_utc(cursor):
    cursor.execute("SELECT CAST('2024-06-01 12:00:00+02' AS TIMESTAMP WITH TIME ZONE) AS v")
    table = cursor.fetch_arrow_table()
    assert table.schema.field("v").type.unit == "us"
    assert table["v"].to_pylist() == [datetime.datetime(2024, 6, 1, 10, tzinfo=UTC)]


def test_a_result_goes_to_pandas(cursor):
    cursor.execute("SELECT i, i * 1.5 AS d, 'x' AS s FROM range(10) AS t(i)")
    frame = cursor.fetch_df()
    assert frame.shape == (10, 3)
    assert frame["i"].sum() == 45


@pytest.mark.parametrize(
    ("sql", "error", "text"),
    [
        ("SELEC 1", dbapi.ProgrammingError, "42601"),
        ("SELECT * FROM nowhere", dbapi.ProgrammingError, "42P01"),
        ("SELECT nothing FROM (VALUES (1)) AS t(i)", dbapi.ProgrammingError, "42703"),
        ("SELECT no_such_function(1)", dbapi.ProgrammingError, "42883"),
        ("CREATE SCHEMA main", dbapi.ProgrammingError, "42P06"),
        ("SELECT 1; SELECT 2", dbapi.ProgrammingError, "42601"),
        (";", dbapi.ProgrammingError, "42601"),
    ],
)
def test_a_failure_is_a_programming_error_with_its_sqlstate(cursor, sql, error, text):
    with pytest.raises(error, match=text):
        cursor.execute(sql)
        cursor.fetchall()
    assert value(cursor, "SELECT 1") == 1


def test_a_failure_says_where(cursor):
    with pytest.raises(dbapi.ProgrammingError, match=r"line 2, column 6"):
        cursor.execute("SELECT *\nFROM nowhere")


def test_a_failure_in_the_middle_of_a_result_is_raised(cursor):
    with pytest.raises(dbapi.Error, match="22"):
        cursor.execute("SELECT CAST(CASE WHEN i = 90000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(100000) AS t(i)")
        cursor.fetch_arrow_table()


@pytest.mark.parametrize("parameters", [(), (1,), (1, 2, 3)])
def test_the_wrong_number_of_parameters_is_refused(cursor, parameters):
    with pytest.raises(dbapi.Error, match="07001"):
        cursor.execute("SELECT CAST(? AS INTEGER) + CAST(? AS INTEGER)", parameters)
        cursor.fetchall()


def test_wrong_credentials_are_refused(server):
    with pytest.raises(dbapi.Error, match="(?i)unauthenticated"):
        server.connect(password="wrong").close()


def test_a_query_is_cancelled(cursor):
    import threading

    cursor.execute("SELECT i FROM range(1000000000) AS t(i)")
    reader = cursor.fetch_record_batch()
    reader.read_next_batch()
    threading.Timer(0, cursor.adbc_cancel).start()
    with pytest.raises((dbapi.Error, KeyboardInterrupt, pa.ArrowCancelled, OSError)):
        while True:
            reader.read_next_batch()


def test_a_result_schema_is_known_before_it_runs(cursor):
    assert cursor.adbc_execute_schema("SELECT 1 AS a, 'x' AS b").names == ["a", "b"]


def test_parameters_are_described(cursor):
    schema = cursor.adbc_prepare("SELECT CAST(? AS INTEGER), CAST(? AS VARCHAR)")
    assert schema.types == [pa.int32(), pa.string()]


def test_partitions_are_read_by_another_connection(server, cursor):
    partitions, schema = cursor.adbc_execute_partitions("SELECT i FROM range(1000) AS t(i)")
    assert schema.names == ["i"]
    rows = 0
    with server.connect() as other, other.cursor() as reader:
        for partition in partitions:
            reader.adbc_read_partition(partition)
            rows += reader.fetch_arrow_table().num_rows
    assert rows == 1000


def test_returning_gives_its_rows_and_runs_once(cursor, table):
    name = table("i INTEGER, s VARCHAR")
    cursor.execute(f"INSERT INTO {name} VALUES (1, 'a'), (2, 'b') RETURNING s, i * 10 AS ten")
    assert [column[0] for column in cursor.description] == ["s", "ten"]
    assert cursor.fetchall() == [("a", 10), ("b", 20)]
    cursor.execute(f"UPDATE {name} SET i = i + ? WHERE s = ? RETURNING i", (5, "b"))
    assert cursor.fetchall() == [(7,)]
    cursor.execute(f"DELETE FROM {name} RETURNING i")
    assert sorted(cursor.fetchall()) == [(1,), (7,)]
    assert value(cursor, f"SELECT count(*) FROM {name}") == 0

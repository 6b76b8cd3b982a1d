"""Bulk ingest with ADBC: four modes, every Arrow type that pyarrow makes, temporary tables, and with autocommit off."""

import datetime as dt
import decimal
import uuid

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
import pytest

D = decimal.Decimal
UTC = dt.timezone.utc
DAY = dt.date(2020, 1, 2)
MOMENT = dt.datetime(2020, 1, 2, 3, 4, 5)
LONG = "a text that is too long to stand in a view itself"

NUMBERS = pa.table({"i": [1, 2, 3]})


@pytest.fixture
def name(server, request):
    """The name of a table of this test's own, which is not there yet."""
    name = request.node.originalname.removeprefix("test_")
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
    return name


def rows(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def ingest(connection, name, data, **options):
    # A cursor keeps the options of its last ingest.
    with connection.cursor() as cursor:
        return cursor.adbc_ingest(name, data, **options)


def stored(storage, extension):
    return pa.ExtensionArray.from_storage(extension, storage)


def ints(arrow_type, least, greatest):
    return pa.array([least, None, greatest], arrow_type)


def moments(unit, zone=None):
    return pa.array([MOMENT, None, dt.datetime(1900, 1, 1)], pa.timestamp(unit, zone))


def indexed(values, indexes=(0, None, 1), index_type=pa.int8()):
    return pa.DictionaryArray.from_arrays(pa.array(indexes, index_type), values)


ZONED = [MOMENT.replace(tzinfo=UTC), None, dt.datetime(1900, 1, 1, tzinfo=UTC)]
UNZONED = [MOMENT, None, dt.datetime(1900, 1, 1)]
SECONDS = [dt.timedelta(seconds=5), None, dt.timedelta(days=-3)]
INTERVALS = [pa.MonthDayNano([0, 0, 5_000_000_000]), None, pa.MonthDayNano([0, 0, -3 * 86_400_000_000_000])]
TIMES = [dt.time(1, 2, 3), None, dt.time(23, 59, 59)]
TEXTS = ["x", None, LONG]
BYTES = [b"x", None, b"\xff" * 30]
LISTS = [[1, None], None, []]
DECIMALS = [D("1.23"), None, D("-4.50")]

# What is sent, the SQL type of the column, and what comes back.
TYPES = {
    "null": (pa.nulls(3), "INTEGER", [None, None, None]),
    "bool": (pa.array([True, None, False]), "BOOLEAN", [True, None, False]),
    "int8": (ints(pa.int8(), -128, 127), "TINYINT", [-128, None, 127]),
    "int16": (ints(pa.int16(), -(2**15), 2**15 - 1), "SMALLINT", [-(2**15), None, 2**15 - 1]),
    "int32": (ints(pa.int32(), -(2**31), 2**31 - 1), "INTEGER", [-(2**31), None, 2**31 - 1]),
    "int64": (ints(pa.int64(), -(2**63), 2**63 - 1), "BIGINT", [-(2**63), None, 2**63 - 1]),
    "uint8": (ints(pa.uint8(), 0, 255), "UTINYINT", [0, None, 255]),
    "uint16": (ints(pa.uint16(), 0, 2**16 - 1), "USMALLINT", [0, None, 2**16 - 1]),
    "uint32": (ints(pa.uint32(), 0, 2**32 - 1), "UINTEGER", [0, None, 2**32 - 1]),
    "uint64": (ints(pa.uint64(), 0, 2**64 - 1), "UBIGINT", [0, None, D(2**64 - 1)]),
    "float16": (pa.array([1.5, None, -2], pa.float32()).cast(pa.float16()), "FLOAT", [1.5, None, -2]),
    "float32": (pa.array([1.5, None, -2], pa.float32()), "FLOAT", [1.5, None, -2]),
    "float64": (pa.array([0.1, None, float("inf")]), "DOUBLE", [0.1, None, float("inf")]),
    "decimal32": (pa.array(DECIMALS, pa.decimal32(7, 2)), "DECIMAL(7,2)", DECIMALS),
    "decimal64": (pa.array(DECIMALS, pa.decimal64(17, 2)), "DECIMAL(17,2)", DECIMALS),
    "decimal128": (pa.array(DECIMALS, pa.decimal128(38, 2)), "DECIMAL(38,2)", DECIMALS),
    "decimal128 of hundreds": (
        pa.array([D(100), None, D(-400)], pa.decimal128(5, -2)),
        "DECIMAL(7,0)",
        [D(100), None, D(-400)],
    ),
    "decimal256": (pa.array(DECIMALS, pa.decimal256(38, 2)), "DECIMAL(38,2)", DECIMALS),
    "string": (pa.array(TEXTS), "VARCHAR", TEXTS),
    "large_string": (pa.array(TEXTS, pa.large_string()), "VARCHAR", TEXTS),
    "string_view": (pa.array(TEXTS, pa.string_view()), "VARCHAR", TEXTS),
    "binary": (pa.array(BYTES, pa.binary()), "BLOB", BYTES),
    "large_binary": (pa.array(BYTES, pa.large_binary()), "BLOB", BYTES),
    "binary_view": (pa.array(BYTES, pa.binary_view()), "BLOB", BYTES),
    "fixed_size_binary": (pa.array([b"ab", None, b"\xff\x00"], pa.binary(2)), "BLOB", [b"ab", None, b"\xff\x00"]),
    "date32": (pa.array([DAY, None], pa.date32()), "DATE", [DAY, None]),
    "date64": (pa.array([DAY, None], pa.date64()), "DATE", [DAY, None]),
    "time32 s": (pa.array(TIMES, pa.time32("s")), "TIME", TIMES),
    "time32 ms": (pa.array(TIMES, pa.time32("ms")), "TIME", TIMES),
    "time64 us": (pa.array(TIMES, pa.time64("us")), "TIME", TIMES),
    "time64 ns": (pa.array(TIMES, pa.time64("ns")), "TIME_NS", TIMES),
    "timestamp s": (moments("s"), "TIMESTAMP_S", UNZONED),
    "timestamp ms": (moments("ms"), "TIMESTAMP_MS", UNZONED),
    "timestamp us": (moments("us"), "TIMESTAMP", UNZONED),
    "timestamp ns": (moments("ns"), "TIMESTAMP_NS", UNZONED),
    "timestamp s utc": (moments("s", "UTC"), "TIMESTAMP WITH TIME ZONE", ZONED),
    "timestamp ms utc": (moments("ms", "UTC"), "TIMESTAMP WITH TIME ZONE", ZONED),
    "timestamp us zone": (moments("us", "Europe/Berlin"), "TIMESTAMP WITH TIME ZONE", ZONED),
    "timestamp ns offset": (moments("ns", "+05:30"), "TIMESTAMP WITH TIME ZONE", ZONED),
    "duration s": (pa.array(SECONDS, pa.duration("s")), "INTERVAL", INTERVALS),
    "duration ms": (pa.array(SECONDS, pa.duration("ms")), "INTERVAL", INTERVALS),
    "duration us": (pa.array(SECONDS, pa.duration("us")), "INTERVAL", INTERVALS),
    "duration ns": (pa.array(SECONDS, pa.duration("ns")), "INTERVAL", INTERVALS),
    "month_day_nano": (pa.array([pa.MonthDayNano([1, -2, 3000])]), "INTERVAL", [pa.MonthDayNano([1, -2, 3000])]),
    "list": (pa.array(LISTS, pa.list_(pa.int32())), "INTEGER[]", LISTS),
    "large_list": (pa.array(LISTS, pa.large_list(pa.int32())), "INTEGER[]", LISTS),
    "list_view": (pa.array(LISTS, pa.list_view(pa.int32())), "INTEGER[]", LISTS),
    "large_list_view": (pa.array(LISTS, pa.large_list_view(pa.int32())), "INTEGER[]", LISTS),
    "fixed_size_list": (pa.array([[1, None], None], pa.list_(pa.int32(), 2)), "INTEGER[2]", [[1, None], None]),
    "list of lists": (pa.array([[["x"], None], None]), "VARCHAR[][]", [[["x"], None], None]),
    "list of views": (pa.array([[LONG, None], None], pa.list_(pa.string_view())), "VARCHAR[]", [[LONG, None], None]),
    "list of decimal32": (
        pa.array([[D("1.5"), None], None], pa.list_(pa.decimal32(3, 1))),
        "DECIMAL(3,1)[]",
        [[D("1.5"), None], None],
    ),
    "struct": (
        pa.array([{"a": 1, "b c": ["x"]}, None], pa.struct([("a", pa.int32()), ("b c", pa.list_(pa.string()))])),
        'STRUCT(a INTEGER, "b c" VARCHAR[])',
        [{"a": 1, "b c": ["x"]}, None],
    ),
    "map": (pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int32())), "MAP(VARCHAR, INTEGER)", [[("k", 1)], None, []]),
    "sparse_union": (
        pa.UnionArray.from_sparse(pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["s", "t"])], ["i", "s"]),
        "UNION(i BIGINT, s VARCHAR)",
        ["1", "t"],
    ),
    "run_end_encoded": (
        pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["x", None])),
        "VARCHAR",
        ["x", "x", None],
    ),
    "dictionary": (indexed(pa.array(["x", "y"])), "VARCHAR", ["x", None, "y"]),
    "dictionary of integers": (indexed(pa.array([7, 8]), index_type=pa.uint64()), "BIGINT", [7, None, 8]),
    "dictionary of lists": (indexed(pa.array([["x"], []])), "VARCHAR[]", [["x"], None, []]),
    "dictionary of views": (indexed(pa.array(["x", LONG], pa.string_view())), "VARCHAR", TEXTS),
    "list of dictionaries": (
        pa.array([["x", "y"], None], pa.list_(pa.dictionary(pa.int32(), pa.string()))),
        "VARCHAR[]",
        [["x", "y"], None],
    ),
    "struct of a dictionary": (
        pa.StructArray.from_arrays([indexed(pa.array(["x", "y"]))], ["d"]),
        "STRUCT(d VARCHAR)",
        [{"d": "x"}, {"d": None}, {"d": "y"}],
    ),
    "uuid": (pa.array([uuid.UUID(int=1).bytes, None], pa.uuid()), "UUID", [str(uuid.UUID(int=1)), None]),
    "json": (stored(pa.array(['{"a": 1}', None]), pa.json_()), "JSON", ['{"a": 1}', None]),
    "bool8": (stored(pa.array([1, None, 0], pa.int8()), pa.bool8()), "BOOLEAN", [True, None, False]),
    "opaque": (stored(pa.array(["x", None]), pa.opaque(pa.string(), "t", "v")), "VARCHAR", ["x", None]),
    "tensor": (
        stored(pa.array([[1, 2], None], pa.list_(pa.int32(), 2)), pa.fixed_shape_tensor(pa.int32(), [2])),
        "INTEGER[2]",
        [[1, 2], None],
    ),
}


@pytest.mark.parametrize("sent, sql_type, expected", TYPES.values(), ids=TYPES.keys())
def test_every_type_arrives_in_every_mode(server, name, sent, sql_type, expected):
    data = pa.table({"n": range(len(sent)), "c": sent})
    with server.connect() as connection:
        for mode, times in (("create", 1), ("append", 2), ("replace", 1), ("create_append", 2)):
            assert ingest(connection, name, data, mode=mode) == len(sent)
            assert [value for (value,) in rows(connection, f'SELECT c FROM "{name}" ORDER BY n')] == [
                value for value in expected for _ in range(times)
            ]
        assert rows(connection, f'SELECT DISTINCT typeof(c) FROM "{name}"') == [(sql_type,)]


@pytest.mark.parametrize(
    "sent",
    [
        pa.UnionArray.from_dense(pa.array([0], pa.int8()), pa.array([0], pa.int32()), [pa.array([1])], ["i"]),
        pa.array([D(1)], pa.decimal256(39, 0)),
        pa.array([{}], pa.struct([])),
    ],
    ids=lambda sent: str(sent.type),
)
def test_what_has_no_sql_type_is_refused_by_name(connection, name, sent):
    with pytest.raises(dbapi.NotSupportedError, match='"odd one"'):
        ingest(connection, name, pa.table({"odd one": sent}))
    with pytest.raises(dbapi.Error, match="42P01"):
        rows(connection, f'SELECT * FROM "{name}"')


def test_modes_ask_for_a_table_or_none(connection, name):
    with pytest.raises(dbapi.Error, match="42P01"):
        ingest(connection, name, NUMBERS, mode="append")
    assert ingest(connection, name, NUMBERS, mode="create_append") == 3
    with pytest.raises(dbapi.Error, match="42P07"):
        ingest(connection, name, NUMBERS, mode="create")
    assert ingest(connection, name, NUMBERS, mode="replace") == 3
    assert rows(connection, f"SELECT count(*) FROM {name}") == [(3,)]


def test_columns_are_named_where_they_do_not_fit(connection, name):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {name} (i INTEGER PRIMARY KEY, t VARCHAR NOT NULL, d INTEGER DEFAULT 7)")
    for data, message in (
        ({"t": ["x"], "i": [1], "u": [1]}, '"u".*42703'),
        ({"i": [1]}, '"t".*23502'),
        ({"i": ["one"], "t": ["x"]}, '"i".*22P02'),
        ({"i": [2**31], "t": ["x"]}, '"i".*22003'),
        ({"i": [[1]], "t": ["x"]}, '"i".*42804'),
        ({"i": [1, 1], "t": ["x", "y"]}, '"i".*23505'),
    ):
        with pytest.raises(dbapi.Error, match=message):
            ingest(connection, name, pa.table(data), mode="append")
    ingest(connection, name, pa.table({"T": ["x"], "i": [1.0]}), mode="append")
    assert rows(connection, f"SELECT * FROM {name}") == [(1, "x", 7)]


def test_a_place_is_a_catalog_and_a_schema(server, connection, name):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS ingest_place")
    ingest(connection, name, NUMBERS, mode="replace", catalog_name="default", db_schema_name="ingest_place")
    assert rows(connection, f"SELECT count(*) FROM ingest_place.{name}") == [(3,)]
    with server.connect() as other:
        other.adbc_current_db_schema = "ingest_place"
        ingest(other, name, NUMBERS, mode="append")
        assert rows(other, f"SELECT count(*) FROM {name}") == [(6,)]
    for wrong in ({"catalog_name": "nowhere"}, {"db_schema_name": "nowhere"}):
        with pytest.raises(dbapi.Error, match="does not exist"):
            ingest(connection, name, NUMBERS, **wrong)


def test_a_temporary_table_is_its_connections(server, connection, name):
    ingest(connection, name, NUMBERS, mode="create")
    with server.connect() as own:
        ingest(own, name, NUMBERS, mode="create", temporary=True)
        ingest(own, name, NUMBERS, mode="append", temporary=True)
        assert rows(own, f"SELECT count(*) FROM {name}") == [(6,)]
        ingest(own, name, NUMBERS, mode="replace", temporary=True)
        assert rows(own, f"SELECT count(*) FROM temp.main.{name}") == [(3,)]
    assert rows(connection, f"SELECT count(*) FROM {name}") == [(3,)]


def test_it_is_part_of_the_transaction_that_is_open(server, connection, name):
    with server.connect(autocommit=False) as manual:
        assert ingest(manual, name, NUMBERS, mode="create") == 3
        assert rows(manual, f"SELECT count(*) FROM {name}") == [(3,)]
        with pytest.raises(dbapi.Error, match="42P01"):
            rows(connection, f"SELECT count(*) FROM {name}")
        manual.rollback()
        with pytest.raises(dbapi.Error, match="42P01"):
            rows(manual, f"SELECT count(*) FROM {name}")
        manual.rollback()
        ingest(manual, name, NUMBERS, mode="create")
        with manual.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name} WHERE i = 1")
            cursor.execute("SAVEPOINT before")
            cursor.adbc_ingest(name, NUMBERS, mode="append")
            cursor.execute("ROLLBACK TO before")
        ingest(manual, name, NUMBERS, mode="append")
        manual.commit()
    assert rows(connection, f"SELECT count(*) FROM {name}") == [(5,)]


def test_a_stream_that_ends_in_an_error_leaves_nothing(connection, name):
    def batches():
        for first in range(0, 100_000, 10_000):
            yield pa.record_batch({"i": range(first, first + 10_000)})
        raise ValueError("the source is gone")

    schema = pa.schema([("i", pa.int64())])
    with pytest.raises(dbapi.Error):
        ingest(connection, name, pa.RecordBatchReader.from_batches(schema, batches()))
    with pytest.raises(dbapi.Error, match="42P01"):
        rows(connection, f"SELECT count(*) FROM {name}")


def test_many_batches_with_dictionaries_that_change_arrive(connection, name):
    schema = pa.schema([("d", pa.dictionary(pa.int32(), pa.string()))])

    def batches():
        for number in range(50):
            values = pa.array([f"{number}-{i}" for i in range(100)])
            yield pa.record_batch([pa.DictionaryArray.from_arrays(pa.array(range(100), pa.int32()), values)], schema)

    assert ingest(connection, name, pa.RecordBatchReader.from_batches(schema, batches())) == 5000
    assert rows(connection, f"SELECT count(DISTINCT d), min(d), max(d) FROM {name}") == [(5000, "0-0", "9-99")]

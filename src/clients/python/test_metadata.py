"""What ADBC tells of catalogs, tables and the server."""

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
import pytest

SCHEMA = "python_metadata"


@pytest.fixture(scope="module", autouse=True)
def tables(server):
    with server.connect() as connection, connection.cursor() as cursor:
        for sql in (
            f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
            f"DROP VIEW IF EXISTS {SCHEMA}.seen",
            f"DROP TABLE IF EXISTS {SCHEMA}.a_b",
            f"DROP TABLE IF EXISTS {SCHEMA}.axb",
            f"CREATE TABLE {SCHEMA}.a_b (i BIGINT NOT NULL, d DECIMAL(12, 3), s VARCHAR)",
            f"CREATE TABLE {SCHEMA}.axb (other INTEGER)",
            f"CREATE VIEW {SCHEMA}.seen AS SELECT i FROM {SCHEMA}.a_b",
        ):
            cursor.execute(sql)


def objects(connection, **filters):
    return connection.adbc_get_objects(**filters).read_all().to_pylist()


def by_name(rows, key, name):
    (found,) = [row for row in rows if row[key] == name]
    return found


def test_objects_to_the_depth_of_catalogs(connection):
    catalogs = objects(connection, depth="catalogs")
    assert by_name(catalogs, "catalog_name", "default")["catalog_db_schemas"] is None


def test_objects_to_the_depth_of_schemas(connection):
    default = by_name(objects(connection, depth="db_schemas"), "catalog_name", "default")
    schemas = default["catalog_db_schemas"]
    assert {"main", SCHEMA} <= {schema["db_schema_name"] for schema in schemas}
    assert by_name(schemas, "db_schema_name", SCHEMA)["db_schema_tables"] is None


def test_objects_to_the_depth_of_tables(connection):
    default = by_name(objects(connection, depth="tables", db_schema_filter=SCHEMA), "catalog_name", "default")
    (schema,) = default["catalog_db_schemas"]
    tables = {(table["table_name"], table["table_type"]) for table in schema["db_schema_tables"]}
    assert tables == {("a_b", "TABLE"), ("axb", "TABLE"), ("seen", "VIEW")}


def test_objects_to_the_depth_of_columns(connection):
    default = by_name(
        objects(connection, depth="all", db_schema_filter=SCHEMA, table_name_filter="a\\_b"), "catalog_name", "default"
    )
    (schema,) = default["catalog_db_schemas"]
    (table,) = schema["db_schema_tables"]
    columns = table["table_columns"]
    assert [column["column_name"] for column in columns] == ["i", "d", "s"]
    assert [column["ordinal_position"] for column in columns] == [1, 2, 3]
    assert columns[0]["xdbc_type_name"] == "BIGINT"
    assert [column["xdbc_is_autoincrement"] for column in columns] == [False] * 3


def test_objects_are_filtered(connection):
    assert objects(connection, depth="catalogs", catalog_filter="no such catalog") == []
    for filters in ({"table_name_filter": "a_b"}, {"table_name_filter": "a%b"}):
        default = by_name(
            objects(connection, depth="tables", db_schema_filter=SCHEMA, **filters), "catalog_name", "default"
        )
        (schema,) = default["catalog_db_schemas"]
        assert {table["table_name"] for table in schema["db_schema_tables"]} == {"a_b", "axb"}
    default = by_name(
        objects(connection, depth="tables", db_schema_filter=SCHEMA, table_types_filter=["VIEW"]),
        "catalog_name",
        "default",
    )
    (schema,) = default["catalog_db_schemas"]
    assert [table["table_name"] for table in schema["db_schema_tables"]] == ["seen"]


def test_a_table_s_schema(connection):
    schema = connection.adbc_get_table_schema("a_b", catalog_filter="default", db_schema_filter=SCHEMA)
    assert schema.names == ["i", "d", "s"]
    assert schema.types == [pa.int64(), pa.decimal128(12, 3), pa.string()]
    assert [field.nullable for field in schema] == [False, True, True]


def test_a_missing_table_has_no_schema(connection):
    with pytest.raises(dbapi.ProgrammingError):
        connection.adbc_get_table_schema("no such table")


def test_table_types(connection):
    assert {"TABLE", "VIEW"} <= set(connection.adbc_get_table_types())


def test_info(connection):
    info = connection.adbc_get_info()
    assert "skyport" in info["vendor_name"].lower()
    assert info["vendor_version"]
    assert info["vendor_arrow_version"] == "18.3.0"
    assert info["driver_name"]

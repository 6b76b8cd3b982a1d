"""Substrait plans as ibis-substrait makes them, by ADBC's DBAPI: bytes are a plan."""

import adbc_driver_manager.dbapi as dbapi
import ibis
import pytest
from ibis_substrait.compiler.core import SubstraitCompiler


@pytest.fixture
def orders(cursor):
    """A table on the server, and the same for Ibis."""
    cursor.execute("CREATE OR REPLACE TABLE main.substrait_orders (id BIGINT, customer VARCHAR, price DECIMAL(15, 2))")
    cursor.execute(
        "INSERT INTO main.substrait_orders VALUES"
        " (1, 'Ada', 10.50), (2, 'Ada', 4.25), (3, 'Bob', 100), (4, NULL, 7), (5, 'Bob', NULL)"
    )
    return ibis.table(
        {"id": "int64", "customer": "string", "price": "decimal(15, 2)"}, name="substrait_orders"
    )


def rows(cursor, expression):
    cursor.execute(SubstraitCompiler().compile(expression).SerializeToString())
    return [tuple(row) for row in cursor.fetchall()]


def sql(cursor, text):
    cursor.execute(text)
    return [tuple(row) for row in cursor.fetchall()]


def test_a_filter_a_projection_and_an_order(cursor, orders):
    expression = orders.filter(orders.price > 5)[["id", "customer"]].order_by(ibis.desc("id"))

    assert rows(cursor, expression) == [(4, None), (3, "Bob"), (1, "Ada")]
    assert [column[0] for column in cursor.description] == ["id", "customer"]


def test_groups(cursor, orders):
    expression = (
        orders.group_by("customer")
        .aggregate(total=orders.price.sum(), orders=orders.count())
        .order_by("total")
    )

    assert rows(cursor, expression) == sql(
        cursor,
        "SELECT customer, sum(price), count(*) FROM substrait_orders GROUP BY customer ORDER BY 2",
    )


def test_a_join(cursor, orders):
    cursor.execute("CREATE OR REPLACE TABLE main.substrait_cities (name VARCHAR, city VARCHAR)")
    cursor.execute("INSERT INTO main.substrait_cities VALUES ('Ada', 'London'), ('Bob', 'Oslo')")
    cities = ibis.table({"name": "string", "city": "string"}, name="substrait_cities")
    expression = (
        orders.join(cities, orders.customer == cities.name)
        .filter(cities.city == "Oslo")
        .select("id", "city")
        .order_by("id")
    )

    assert rows(cursor, expression) == [(3, "Oslo"), (5, "Oslo")]


def test_a_plan_sees_the_transaction_it_is_in(server, orders):
    with server.connect(autocommit=False) as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM substrait_orders WHERE customer = 'Bob'")
        assert rows(cursor, orders.aggregate(n=orders.count())) == [(3,)]
        connection.rollback()
        assert rows(cursor, orders.aggregate(n=orders.count())) == [(5,)]


def test_bytes_that_are_no_plan(cursor):
    with pytest.raises(dbapi.ProgrammingError, match="no Substrait plan"):
        cursor.execute(b"\x1a\x7f\x01")


def test_a_table_that_is_not_there(cursor):
    missing = ibis.table({"id": "int64"}, name="substrait_nowhere")

    with pytest.raises(dbapi.ProgrammingError, match="substrait_nowhere"):
        rows(cursor, missing)

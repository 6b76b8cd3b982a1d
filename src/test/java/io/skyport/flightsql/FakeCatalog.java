package io.skyport.flightsql;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.Database;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.Schema;
import io.skyport.catalog.Sequence;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A catalog of a fixed model: databases of schemas of tables. */
final class FakeCatalog implements Catalog {

    private final List<Database> databases;

    FakeCatalog(Database... databases) {
        this.databases = List.of(databases);
    }

    /** Two databases; orders(customer_id, customer_region) references customers(id, region). */
    static FakeCatalog shop() {
        Table customers = table(
                new ObjectName("shop", "main", "customers"),
                TableKind.TABLE,
                List.of(
                        column("id", "INTEGER", false, 1),
                        column("region", "VARCHAR", false, 2),
                        column("name", "VARCHAR", true, 3)),
                new Table.Key("customers_pk", List.of("region", "id")),
                List.of());
        Table orders = table(
                new ObjectName("shop", "main", "orders"),
                TableKind.TABLE,
                List.of(
                        column("id", "BIGINT", false, 1),
                        column("customer_region", "VARCHAR", true, 2),
                        column("customer_id", "INTEGER", true, 3),
                        column("price", "DECIMAL(10,2)", true, 4)),
                new Table.Key("orders_pk", List.of("id")),
                List.of(new Table.ForeignKey(
                        "orders_fk",
                        List.of("customer_region", "customer_id"),
                        new ObjectName("shop", "main", "customers"),
                        "customers_pk",
                        List.of("region", "id"),
                        ReferentialAction.NO_ACTION,
                        ReferentialAction.CASCADE)));
        Table view = table(
                new ObjectName("shop", "reports", "a_b"),
                TableKind.VIEW,
                List.of(column("x", "UUID", true, 1)),
                null,
                List.of());
        Table odd = table(
                new ObjectName("shop", "reports", "a.b"),
                TableKind.TABLE,
                List.of(column("x", "INTEGER", true, 1)),
                null,
                List.of());
        return new FakeCatalog(
                new Database("archive", List.of(new Schema("archive", "main", List.of(), null)), null),
                new Database(
                        "shop",
                        List.of(
                                new Schema("shop", "main", List.of(customers, orders), null),
                                new Schema("shop", "reports", List.of(odd, view), null)),
                        null));
    }

    static Column column(String name, String type, boolean nullable, int ordinal) {
        return new Column(name, SqlType.parse(type), nullable, ordinal, null, false, false, "about " + name);
    }

    private static Table table(
            ObjectName name, TableKind kind, List<Column> columns, Table.Key key, List<Table.ForeignKey> foreignKeys) {
        return new Table(name, kind, columns, key, List.of(), List.of(), foreignKeys, List.of(), null, null);
    }

    @Override
    public CatalogSnapshot snapshot() {
        return new Snapshot();
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public void changed() {}

    private final class Snapshot implements CatalogSnapshot {
        @Override
        public Optional<Sequence> sequence(String database, String schema, String sequence) {
            return Optional.empty();
        }

        @Override
        public List<Sequence> sequences() {
            return List.of();
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public List<Database> databases() {
            return databases;
        }

        @Override
        public Optional<Database> database(String name) {
            return databases.stream().filter(d -> d.name().equals(name)).findFirst();
        }

        @Override
        public Optional<Schema> schema(String database, String schema) {
            return database(database).stream()
                    .flatMap(d -> d.schemas().stream())
                    .filter(s -> s.name().equals(schema))
                    .findFirst();
        }

        @Override
        public Optional<Table> table(String database, String schema, String table) {
            return tables().stream()
                    .filter(t -> t.name().equals(new ObjectName(database, schema, table)))
                    .findFirst();
        }

        @Override
        public List<Table> tables() {
            List<Table> tables = new ArrayList<>();
            databases.forEach(d -> d.schemas().forEach(s -> tables.addAll(s.tables())));
            return tables;
        }
    }
}

package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.catalog.Table.ExternalLocation;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.catalog.Table.Index;
import io.skyport.catalog.Table.Key;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineHold;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.Spool;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EngineCatalogTest {

    @TempDir
    private Path data;

    private RootAllocator allocator;
    private Engine engine;
    private Catalog catalog;

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
        engine = new DuckDbEngine(data, EngineProperties.defaults().allowing(data), allocator);
        catalog = new EngineCatalog(engine);
    }

    @AfterEach
    void close() {
        engine.close();
        allocator.close();
    }

    @Test
    void a_fresh_engine_has_the_default_database_with_an_empty_schema() {
        CatalogSnapshot snapshot = catalog.snapshot();

        assertThat(snapshot.databases()).extracting(Database::name).containsExactly("default");
        assertThat(snapshot.database("DEFAULT").orElseThrow().schemas())
                .extracting(Schema::name)
                .containsExactly("main");
        assertThat(snapshot.tables()).isEmpty();
    }

    @Test
    void a_table_that_ddl_did_not_write_is_known_without_loading_the_catalog_anew() {
        run(
                "CREATE TABLE \"default\".main.kept (i INTEGER)",
                "CREATE TABLE \"default\".main.altered (i INTEGER)",
                "CREATE TABLE \"default\".main.dropped (i INTEGER)",
                "CREATE VIEW \"default\".main.reading AS SELECT * FROM \"default\".main.altered");
        AtomicInteger leases = new AtomicInteger();
        Catalog counted = new EngineCatalog(counting(leases));
        long before = counted.snapshot().version();
        int loaded = leases.get();

        run(
                "ALTER TABLE \"default\".main.altered ADD COLUMN j INTEGER",
                "DROP TABLE \"default\".main.dropped",
                "CREATE TABLE \"default\".main.\"Created\" (i INTEGER)");
        counted.tablesChanged(Set.of(name("ALTERED")));
        counted.tablesChanged(Set.of(name("dropped"), name("Created")));
        CatalogSnapshot snapshot = counted.snapshot();

        assertThat(snapshot.version()).isEqualTo(counted.version()).isGreaterThan(before);
        assertThat(snapshot.table("default", "main", "KEPT")).isPresent();
        assertThat(snapshot.table("default", "main", "never")).isEmpty();
        assertThat(snapshot.schema("default", "main")).isPresent();
        assertThat(leases).hasValue(loaded);

        assertThat(snapshot.table("default", "main", "altered").orElseThrow().columns())
                .hasSize(2);
        assertThat(leases.get()).isGreaterThan(loaded);
        assertThat(snapshot.table("default", "main", "dropped")).isEmpty();
        assertThat(snapshot.table("default", "main", "created").orElseThrow().name())
                .isEqualTo(name("Created"));
        assertThat(snapshot.table("default", "main", "reading")).isPresent();
        assertThat(snapshot.tables()).hasSize(4);
        assertThat(counted.snapshot().version()).isEqualTo(counted.version());
    }

    @Test
    void other_ddl_makes_the_catalog_be_loaded_anew_also_after_that_of_tables() {
        catalog.snapshot();
        catalog.tablesChanged(Set.of(name("t")));
        run("CREATE SCHEMA \"default\".other", "CREATE TABLE \"default\".other.t (i INTEGER)");
        catalog.changed();
        catalog.tablesChanged(Set.of(name("t")));

        assertThat(catalog.snapshot().table("default", "other", "t")).isPresent();
    }

    private static ObjectName name(String table) {
        return new ObjectName("default", "main", table);
    }

    /** The engine, with its leases counted. */
    private Engine counting(AtomicInteger leases) {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("acquire")) {
                        leases.incrementAndGet();
                    }
                    return method.invoke(engine, arguments);
                });
    }

    @Test
    void internal_and_temporary_things_are_hidden() {
        run(
                "ATTACH ':memory:' AS \"_hidden\"",
                "CREATE TABLE \"_hidden\".main.t (i INTEGER)",
                "CREATE TEMPORARY TABLE session_table (i INTEGER)",
                "CREATE TEMPORARY VIEW session_view AS SELECT 1 AS i",
                "CREATE TABLE memory.main.t (i INTEGER)",
                "ATTACH ':memory:' AS \"Sales\"",
                "CREATE SCHEMA \"Sales\".\"North East\"",
                "CREATE TABLE \"Sales\".\"North East\".\"Or.ders\" (i INTEGER)",
                "CREATE TABLE \"default\".main.\"_t\" (i INTEGER)");

        assertThat(catalog.snapshot().databases()).extracting(Database::name).containsExactly("Sales", "default");
        assertThat(catalog.snapshot().tables())
                .extracting(Table::name)
                .containsExactly(
                        new ObjectName("Sales", "North East", "Or.ders"), new ObjectName("default", "main", "_t"));
    }

    @Test
    void names_are_kept_as_written_and_found_in_any_case() {
        run("CREATE SCHEMA \"default\".\"Shop\"", "CREATE TABLE \"default\".\"Shop\".\"Orders\" (\"Id\" INTEGER)");

        CatalogSnapshot snapshot = catalog.snapshot();

        assertThat(snapshot.schema("default", "SHOP").orElseThrow().name()).isEqualTo("Shop");
        Table table = snapshot.table("Default", "shop", "ORDERS").orElseThrow();
        assertThat(table.name()).isEqualTo(new ObjectName("default", "Shop", "Orders"));
        assertThat(table.column("ID").orElseThrow().name()).isEqualTo("Id");
        assertThat(snapshot.table("default", "main", "orders")).isEmpty();
        assertThat(snapshot.database("nope")).isEmpty();
        assertThat(snapshot.schema("default", "nope")).isEmpty();
    }

    @Test
    void letters_beyond_ascii_differ_by_case_as_in_the_engine() {
        run(
                "CREATE TABLE \"default\".main.\"Ä\" (\"É\" INTEGER, \"é\" VARCHAR)",
                "CREATE TABLE \"default\".main.\"ä\" (i INTEGER)");

        assertThat(catalog.snapshot().tables()).hasSize(2);
        assertThat(table("Ä").columns()).hasSize(2);
        assertThat(table("ä").columns()).hasSize(1);
        assertThat(table("Ä").column("é").orElseThrow().ordinal()).isEqualTo(2);
    }

    @Test
    void databases_schemas_and_tables_are_ordered() {
        run(
                "ATTACH ':memory:' AS a",
                "CREATE SCHEMA a.z",
                "CREATE TABLE a.z.t (i INTEGER)",
                "CREATE VIEW a.main.x AS SELECT 1 AS i",
                "CREATE TABLE a.main.y (i INTEGER)",
                "CREATE TABLE a.main.b (i INTEGER)");

        assertThat(catalog.snapshot().tables())
                .extracting(table -> table.name().toString())
                .containsExactly("a.main.b", "a.main.x", "a.main.y", "a.z.t");
    }

    @Test
    void columns_have_types_nullability_defaults_and_comments() {
        run(
                "USE \"default\".main",
                "CREATE SEQUENCE ids",
                "CREATE TYPE mood AS ENUM ('happy', 'it''s')",
                """
                CREATE TABLE t (
                    id BIGINT PRIMARY KEY DEFAULT nextval('ids'),
                    name VARCHAR NOT NULL DEFAULT 'nextval(',
                    price DECIMAL(10,2) DEFAULT 1 + 2,
                    "m, (" mood,
                    tags STRUCT(a UUID, "b c" INTEGER[])[],
                    doubled INTEGER GENERATED ALWAYS AS (price * 2),
                    said VARCHAR DEFAULT 'GENERATED ALWAYS AS',
                    "g,)" VARCHAR GENERATED ALWAYS AS (name || ', GENERATED ALWAYS AS ('))""",
                "COMMENT ON TABLE t IS 'things'",
                "COMMENT ON COLUMN t.price IS 'in euros'",
                "USE memory");

        Table t = table("t");

        assertThat(t.kind()).isEqualTo(TableKind.TABLE);
        assertThat(t.readOnly()).isFalse();
        assertThat(t.comment()).isEqualTo("things");
        assertThat(t.columns())
                .containsExactly(
                        new Column("id", type("BIGINT"), false, 1, "nextval('ids')", true, false, null),
                        new Column("name", type("VARCHAR"), false, 2, "'nextval('", false, false, null),
                        new Column("price", type("DECIMAL(10,2)"), true, 3, "(1 + 2)", false, false, "in euros"),
                        new Column("m, (", type("ENUM('happy', 'it''s')"), true, 4, null, false, false, null),
                        new Column(
                                "tags", type("STRUCT(a UUID, \"b c\" INTEGER[])[]"), true, 5, null, false, false, null),
                        new Column("doubled", type("INTEGER"), true, 6, null, false, true, null),
                        new Column("said", type("VARCHAR"), true, 7, "'GENERATED ALWAYS AS'", false, false, null),
                        new Column("g,)", type("VARCHAR"), true, 8, null, false, true, null));
    }

    @Test
    void a_column_owns_its_sequence_if_the_sequence_says_so() {
        run(
                "CREATE SEQUENCE \"default\".main.mine",
                "CREATE SEQUENCE \"default\".main.free",
                "COMMENT ON SEQUENCE \"default\".main.mine IS 'skyport:identity ALWAYS'",
                "COMMENT ON SEQUENCE \"default\".main.free IS 'of nobody'",
                """
                CREATE TABLE "default".main.t (
                    a INTEGER DEFAULT nextval('"default"."main"."mine"'),
                    b INTEGER DEFAULT nextval('"default"."main"."free"'))""");

        ObjectName mine = new ObjectName("default", "main", "mine");
        ObjectName free = new ObjectName("default", "main", "free");
        Table t = table("t");

        assertThat(t.columns()).extracting(Column::autoIncrement).containsExactly(true, true);
        assertThat(t.columns()).extracting(Column::identity).containsExactly(new Identity(mine, true), null);
        assertThat(catalog.snapshot().sequences())
                .containsExactly(
                        new Sequence(free, null, "of nobody"), new Sequence(mine, new Identity(mine, true), null));
        assertThat(catalog.snapshot().sequence("default", "MAIN", "Mine")).isPresent();
    }

    @Test
    void checks_have_names_and_conditions() {
        run("CREATE TABLE \"default\".main.t (a INTEGER CHECK (a > 0), b INTEGER, CHECK (a < b), CHECK (a <> b))");

        assertThat(table("t").checks())
                .containsExactly(
                        new Table.Check("t_a_check", "(a > 0)"),
                        new Table.Check("t_check", "(a < b)"),
                        new Table.Check("t_check1", "(a != b)"));
    }

    @Test
    void keys_have_names_and_their_columns_in_key_order() {
        run("USE \"default\".main", """
                CREATE TABLE parent (
                    a INTEGER, "B c" VARCHAR UNIQUE, u1 INTEGER, u2 INTEGER, p INTEGER,
                    CONSTRAINT mine UNIQUE (u2, u1), PRIMARY KEY (p, a))""", """
                CREATE TABLE child (
                    id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, c VARCHAR REFERENCES PARENT("b C"),
                    boss INTEGER REFERENCES child(id),
                    FOREIGN KEY (x, y) REFERENCES parent(u2, u1), FOREIGN KEY (y, x) REFERENCES parent(p, a))""", "USE memory");

        Table parent = table("parent");
        Table child = table("child");

        assertThat(parent.primaryKey()).isEqualTo(new Key("parent_pkey", List.of("p", "a")));
        assertThat(parent.column("a").orElseThrow().nullable()).isFalse();
        assertThat(parent.uniqueKeys())
                .containsExactlyInAnyOrder(
                        new Key("parent_B c_key", List.of("B c")), new Key("parent_u2_u1_key", List.of("u2", "u1")));
        assertThat(child.primaryKey()).isEqualTo(new Key("child_pkey", List.of("id")));
        assertThat(child.foreignKeys())
                .containsExactlyInAnyOrder(
                        foreignKey("child_c_fkey", List.of("c"), "parent", "parent_B c_key", List.of("B c")),
                        foreignKey("child_boss_fkey", List.of("boss"), "child", "child_pkey", List.of("id")),
                        foreignKey(
                                "child_x_y_fkey", List.of("x", "y"), "parent", "parent_u2_u1_key", List.of("u2", "u1")),
                        foreignKey("child_y_x_fkey", List.of("y", "x"), "parent", "parent_pkey", List.of("p", "a")));
    }

    @Test
    void constraint_names_are_unique_within_their_table() {
        run("CREATE TABLE \"default\".main.t (a_b INTEGER UNIQUE, a INTEGER, b INTEGER, UNIQUE (a, b))");

        assertThat(table("t").uniqueKeys()).extracting(Key::name).containsExactly("t_a_b_key", "t_a_b_key1");
    }

    @Test
    void a_table_with_strange_names_is_read_like_any_other() {
        run(
                "USE \"default\".main",
                "CREATE TABLE \"We.ird(\"\"\" (\"a,b\" INTEGER PRIMARY KEY)",
                "CREATE TABLE child (x INTEGER REFERENCES \"We.ird(\"\"\"(\"a,b\"), g INTEGER GENERATED ALWAYS AS (x + 1))",
                "USE memory");

        assertThat(table("We.ird(\"").primaryKey()).isEqualTo(new Key("We.ird(\"_pkey", List.of("a,b")));
        assertThat(table("child").foreignKeys())
                .containsExactly(
                        foreignKey("child_x_fkey", List.of("x"), "We.ird(\"", "We.ird(\"_pkey", List.of("a,b")));
        assertThat(table("child").column("g").orElseThrow().generated()).isTrue();
        assertThat(table("child").column("x").orElseThrow().generated()).isFalse();
    }

    @Test
    void indexes_have_their_columns_and_expressions_in_order() {
        run(
                "USE \"default\".main",
                "CREATE TABLE t (i INTEGER, \"B c\" VARCHAR)",
                "CREATE UNIQUE INDEX by_both ON t (\"B c\", i)",
                "CREATE INDEX by_text ON t ((\"B c\" = 'it''s, [x]'), i)",
                "USE memory");

        assertThat(table("t").indexes())
                .containsExactly(
                        new Index("by_both", List.of("B c", "i"), true),
                        new Index("by_text", List.of("((\"B c\" = 'it''s, [x]'))", "i"), false));
    }

    @Test
    void views_have_the_types_of_their_queries() {
        run(
                "CREATE TABLE \"default\".main.t (i INTEGER, d DECIMAL(4,1))",
                "CREATE VIEW \"default\".main.v AS SELECT i, d * 2.5 AS x, uuid() AS u FROM \"default\".main.t",
                "COMMENT ON VIEW \"default\".main.v IS 'a view'");

        Table v = table("v");

        assertThat(v.kind()).isEqualTo(TableKind.VIEW);
        assertThat(v.readOnly()).isTrue();
        assertThat(v.external()).isNull();
        assertThat(v.comment()).isEqualTo("a view");
        assertThat(v.columns())
                .extracting(column -> column.name() + " " + column.type() + " " + column.nullable())
                .containsExactly("i INTEGER true", "x DECIMAL(6,2) true", "u UUID true");
    }

    @Test
    void a_marked_view_is_an_external_table() throws Exception {
        Path file = Files.writeString(data.resolve("it's, (a) \"file\".csv"), "a,b\n1,x\n");
        ExternalLocation location = new ExternalLocation("CSV", file.toString());
        run("CREATE VIEW \"default\".main.\"AS WITH\" AS WITH " + ExternalMarker.expression(location)
                + " SELECT * FROM read_csv('" + file.toString().replace("'", "''") + "')");

        Table external = table("AS WITH");

        assertThat(external.kind()).isEqualTo(TableKind.TABLE);
        assertThat(external.readOnly()).isTrue();
        assertThat(external.external()).isEqualTo(location);
        assertThat(external.columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("a BIGINT", "b VARCHAR");
    }

    @Test
    void a_view_that_only_speaks_of_the_mark_is_a_view() {
        run("CREATE VIEW \"default\".main.v AS SELECT '\"skyport:external\" AS (SELECT' AS \"skyport:external\"");

        assertThat(table("v").kind()).isEqualTo(TableKind.VIEW);
    }

    @Test
    void views_that_lost_what_they_read_do_not_hide_the_rest() throws Exception {
        Path file = Files.writeString(data.resolve("gone.csv"), "a\n1\n");
        run(
                "CREATE TABLE \"default\".main.gone (i INTEGER)",
                "CREATE VIEW \"default\".main.broken AS SELECT * FROM \"default\".main.gone",
                "CREATE VIEW \"default\".main.lost AS WITH "
                        + ExternalMarker.expression(new ExternalLocation("CSV", file.toString()))
                        + " SELECT * FROM read_csv('" + file + "')",
                "CREATE TABLE \"default\".main.kept (i INTEGER)",
                "DROP TABLE \"default\".main.gone");
        Files.delete(file);

        assertThat(catalog.snapshot().tables())
                .extracting(table -> table.name().name())
                .containsExactly("broken", "kept", "lost");

        engine.close();
        engine = new DuckDbEngine(data, EngineProperties.defaults().allowing(data), allocator);
        catalog = new EngineCatalog(engine);

        assertThat(catalog.snapshot().tables())
                .extracting(table -> table.name().name())
                .containsExactly("broken", "kept", "lost");
        assertThat(table("lost").kind()).isEqualTo(TableKind.TABLE);
    }

    @Test
    void only_a_change_moves_the_version_and_loads_anew() {
        CatalogSnapshot before = catalog.snapshot();
        run("CREATE TABLE \"default\".main.t (i INTEGER)");

        assertThat(catalog.snapshot()).isSameAs(before);

        long version = catalog.version();
        catalog.changed();

        assertThat(catalog.version()).isGreaterThan(version);
        assertThat(catalog.snapshot().version()).isEqualTo(catalog.version());
        assertThat(catalog.snapshot().tables()).hasSize(1);
        assertThat(before.tables()).isEmpty();
    }

    @Test
    void callers_at_the_same_time_share_one_load() throws Exception {
        run("CREATE TABLE \"default\".main.t (i INTEGER)");
        CountingEngine counting = new CountingEngine(engine);
        Catalog shared = new EngineCatalog(counting);
        int callers = 8;
        CountDownLatch together = new CountDownLatch(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<CatalogSnapshot>> snapshots = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                snapshots.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return shared.snapshot();
                }));
            }
            CatalogSnapshot first = snapshots.get(0).get();
            for (Future<CatalogSnapshot> snapshot : snapshots) {
                assertThat(snapshot.get()).isSameAs(first);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(counting.acquired).hasValue(9);
    }

    @Test
    void a_failed_load_is_told_and_tried_again() {
        AtomicBoolean down = new AtomicBoolean(true);
        Catalog shaky = new EngineCatalog(new CountingEngine(engine) {
            @Override
            public EngineConnection acquire() {
                if (down.get()) {
                    throw new SkyportException(ErrorCode.CANNOT_CONNECT_NOW, "reopening");
                }
                return super.acquire();
            }
        });

        assertThatThrownBy(shaky::snapshot).isInstanceOf(SkyportException.class);
        down.set(false);

        assertThat(shaky.snapshot().databases()).hasSize(1);
    }

    @Test
    void the_number_of_queries_does_not_grow_with_the_number_of_tables() {
        run("ATTACH ':memory:' AS scratch");
        run(IntStream.range(0, 200)
                .mapToObj(i -> "CREATE TABLE scratch.main.t" + i + " (id INTEGER PRIMARY KEY, name VARCHAR UNIQUE)")
                .toArray(String[]::new));
        CountingEngine counting = new CountingEngine(engine);

        assertThat(new EngineCatalog(counting).snapshot().tables()).hasSize(200);

        assertThat(counting.acquired).hasValue(9);
    }

    @Test
    void the_room_wires_itself() {
        new ApplicationContextRunner()
                .withBean(Engine.class, () -> new CountingEngine(engine))
                .withUserConfiguration(CatalogConfiguration.class)
                .run(context -> assertThat(context).hasSingleBean(Catalog.class));
    }

    private Table table(String name) {
        catalog.changed();
        return catalog.snapshot().table("default", "main", name).orElseThrow();
    }

    private void run(String... statements) {
        try (EngineConnection connection = engine.acquire()) {
            for (String statement : statements) {
                connection.update(statement, List.of());
            }
        }
    }

    private static SqlType type(String name) {
        return SqlType.parse(name);
    }

    private static ForeignKey foreignKey(
            String name, List<String> columns, String parent, String parentKey, List<String> parentColumns) {
        return new ForeignKey(
                name,
                columns,
                new ObjectName("default", "main", parent),
                parentKey,
                parentColumns,
                ReferentialAction.NO_ACTION,
                ReferentialAction.NO_ACTION);
    }

    private static class CountingEngine implements Engine {
        @Override
        public EngineHold hold() {
            return engine.hold();
        }

        @Override
        public Spool spool(org.apache.arrow.vector.types.pojo.Schema schema) {
            return engine.spool(schema);
        }

        @Override
        public void createDatabase(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dropDatabase(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requireSpace() {
            engine.requireSpace();
        }

        final AtomicInteger acquired = new AtomicInteger();
        private final Engine engine;

        CountingEngine(Engine engine) {
            this.engine = engine;
        }

        @Override
        public EngineConnection acquire() {
            acquired.incrementAndGet();
            return engine.acquire();
        }

        @Override
        public void publish(io.skyport.engine.LiveTable table) {
            engine.publish(table);
        }

        @Override
        public boolean available() {
            return engine.available();
        }

        @Override
        public String version() {
            return engine.version();
        }

        @Override
        public void close() {}
    }
}

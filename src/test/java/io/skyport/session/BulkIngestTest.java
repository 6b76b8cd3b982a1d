package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Ingest.IfExists;
import io.skyport.session.Ingest.IfNotExists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkIngestTest extends SessionTestBase {

    private static final Schema NUMBERS = new Schema(List.of(Field.nullable("id", MinorType.INT.getType())));

    private static Ingest into(String table, IfNotExists ifNotExists, IfExists ifExists) {
        return new Ingest(null, null, table, false, ifNotExists, ifExists);
    }

    private static Ingest creating(String table) {
        return into(table, IfNotExists.CREATE, IfExists.FAIL);
    }

    private static Ingest appending(String table) {
        return into(table, IfNotExists.FAIL, IfExists.APPEND);
    }

    private static Ingest replacing(String table) {
        return into(table, IfNotExists.CREATE, IfExists.REPLACE);
    }

    private long ingest(Ingest ingest, List<String> columns, List<List<Object>> rows) {
        return ingest(session, ingest, IngestedRows.of(allocator, columns, rows));
    }

    private long ingest(Ingest ingest, List<String> columns, Object... row) {
        return ingest(ingest, columns, List.of(Arrays.asList(row)));
    }

    private long ingest(Session by, Ingest ingest, ArrowReader rows) {
        try (rows) {
            return by.ingest(ingest, rows, null, never);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Batches of 1,000 numbers from 0; {@code failing} throws. */
    private IngestedRows numbers(int batches, int failing) {
        return new IngestedRows(allocator, NUMBERS, batches, (root, batch) -> {
            if (batch == failing) {
                throw new IOException("lost");
            }
            IntVector ids = (IntVector) root.getVector(0);
            for (int row = 0; row < 1000; row++) {
                ids.setSafe(row, batch * 1000 + row);
            }
            root.setRowCount(1000);
        });
    }

    private void refused(Ingest ingest, List<String> columns, ErrorCode code, String naming, Object... row) {
        assertThatThrownBy(() -> ingest(ingest, columns, row))
                .isInstanceOfSatisfying(SkyportException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.position()).isEmpty();
                })
                .hasMessageContaining(naming);
    }

    private long count(String table) {
        return (Long) rows("SELECT count(*) FROM " + table).get(0).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, FAIL, false, 2",
        "CREATE, FAIL, true, 42P07",
        "CREATE, APPEND, false, 2",
        "CREATE, APPEND, true, 3",
        "CREATE, REPLACE, false, 2",
        "CREATE, REPLACE, true, 2",
        "FAIL, FAIL, false, 42P01",
        "FAIL, FAIL, true, 42P07",
        "FAIL, APPEND, false, 42P01",
        "FAIL, APPEND, true, 3",
        "FAIL, REPLACE, false, 42P01",
        "FAIL, REPLACE, true, 2"
    })
    void a_table_is_created_appended_to_or_replaced_as_asked(
            IfNotExists ifNotExists, IfExists ifExists, boolean exists, String outcome) {
        if (exists) {
            run("CREATE TABLE u AS SELECT 7 AS id");
        }
        Ingest ingest = into("u", ifNotExists, ifExists);
        List<List<Object>> two = List.of(List.of(1), List.of(2));
        if (outcome.startsWith("42")) {
            assertThatThrownBy(() -> ingest(ingest, List.of("id"), two))
                    .satisfies(failure -> assertThat(
                                    ((SkyportException) failure).code().sqlState())
                            .isEqualTo(outcome));
            assertThat(rows("SELECT table_name FROM information_schema.tables WHERE table_name = 'u'"))
                    .hasSize(exists ? 1 : 0);
        } else {
            assertThat(ingest(ingest, List.of("id"), two)).isEqualTo(2);
            assertThat(count("u")).isEqualTo(Long.parseLong(outcome));
        }
    }

    @Test
    void columns_go_by_their_names_and_the_others_are_filled() {
        run(
                "CREATE TABLE u (a INTEGER, b VARCHAR, c INTEGER DEFAULT 7, d DOUBLE, e INTEGER GENERATED ALWAYS AS (a * 2),"
                        + " f INTEGER GENERATED ALWAYS AS IDENTITY)");
        assertThat(ingest(appending("U"), List.of("B", "a"), "x", 1)).isEqualTo(1);
        assertThat(rows("SELECT * FROM u")).containsExactly(Arrays.asList(1, "x", 7, null, 2, 1));
    }

    @Test
    void columns_that_do_not_fit_are_named() {
        run("CREATE TABLE u (a INTEGER, b VARCHAR NOT NULL, c BLOB, d DATE, e INTEGER[])");
        refused(appending("u"), List.of("a", "x"), ErrorCode.UNDEFINED_COLUMN, "\"x\"", 1, "y");
        refused(appending("u"), List.of("a"), ErrorCode.NOT_NULL_VIOLATION, "\"b\"", 1);
        refused(appending("u"), List.of("b", "c"), ErrorCode.DATATYPE_MISMATCH, "\"c\"", "x", "y");
        refused(appending("u"), List.of("b", "d"), ErrorCode.DATATYPE_MISMATCH, "\"d\"", "x", 1);
        refused(appending("u"), List.of("b", "e"), ErrorCode.DATATYPE_MISMATCH, "\"e\"", "x", 1);
        refused(creating("v"), List.of("a", "A"), ErrorCode.DUPLICATE_COLUMN, "\"A\"", 1, 2);
        refused(creating("v"), List.of("a", ""), ErrorCode.INVALID_TABLE_DEFINITION, "no name", 1, 2);
        refused(creating("v"), List.of(), ErrorCode.INVALID_TABLE_DEFINITION, "no columns");
        assertThat(count("u")).isZero();
    }

    @Test
    void values_are_converted_or_refused_with_the_name_of_their_column() {
        run("CREATE TABLE u (a INTEGER, s VARCHAR, t TINYINT, d DECIMAL(4, 1), w TIMESTAMP)");
        assertThat(ingest(appending("u"), List.of("s", "a", "t", "d", "w"), 1, "2", 3L, 4.5, "2020-01-02 03:04:05"))
                .isEqualTo(1);
        assertThat(rows("SELECT u::VARCHAR FROM u").toString())
                .isEqualTo("[[{'a': 2, 's': 1, 't': 3, 'd': 4.5, 'w': '2020-01-02 03:04:05'}]]");
        refused(appending("u"), List.of("s", "a"), ErrorCode.INVALID_TEXT_REPRESENTATION, "column \"a\"", "x", "y");
        refused(appending("u"), List.of("s", "t"), ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "column \"t\"", "x", 128);
        refused(appending("u"), List.of("s", "d"), ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "column \"d\"", "x", "1234.5");
        Schema seconds = new Schema(List.of(Field.nullable("w", MinorType.TIMESTAMPSEC.getType())));
        assertThatThrownBy(() ->
                        ingest(session, appending("u"), new IngestedRows(allocator, seconds, 1, (root, batch) -> {
                            ((TimeStampSecVector) root.getVector(0)).setSafe(0, 1L << 62);
                            root.setRowCount(1);
                        })))
                .hasMessageContaining("in column \"w\"");
        assertThat(count("u")).isEqualTo(1);
    }

    @Test
    void a_stream_that_fails_late_leaves_nothing() {
        run("CREATE TABLE u AS SELECT 7 AS id");
        for (Ingest ingest : List.of(creating("v"), appending("u"), replacing("u"))) {
            assertThatThrownBy(() -> ingest(session, ingest, numbers(500, 400))).hasMessageContaining("lost");
        }
        fails("SELECT * FROM v", ErrorCode.UNDEFINED_TABLE);
        assertThat(rows("SELECT id FROM u")).containsExactly(List.of(7));
        assertThat(ingest(session, creating("v"), numbers(200, -1))).isEqualTo(200_000);
        assertThat(rows("SELECT count(*), sum(id) FROM v")).containsExactly(List.of(200_000L, 19_999_900_000L));
    }

    @Test
    void constraints_are_told_as_by_an_insert_and_nothing_is_stored() {
        run("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE u (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON DELETE CASCADE, n INTEGER NOT NULL,"
                + " c INTEGER CHECK (c > 0))");
        run("INSERT INTO p VALUES (1)");
        List<String> columns = List.of("id", "p", "n", "c");
        assertThat(ingest(appending("u"), columns, 1, 1, 1, 1)).isEqualTo(1);
        refused(appending("u"), columns, ErrorCode.UNIQUE_VIOLATION, "id: 1", 1, 1, 1, 1);
        refused(appending("u"), columns, ErrorCode.FOREIGN_KEY_VIOLATION, "", 2, 2, 1, 1);
        refused(appending("u"), columns, ErrorCode.NOT_NULL_VIOLATION, "u.n", 2, 1, null, 1);
        refused(appending("u"), columns, ErrorCode.CHECK_VIOLATION, "c > 0", 2, 1, 1, 0);
        assertThatThrownBy(() -> ingest(appending("p"), List.of("id"), List.of(List.of(2), List.of(2))))
                .hasMessageContaining("of \"id\"");
        assertThat(count("u")).isEqualTo(1);
    }

    @Test
    void a_column_that_takes_no_null_is_created_so() {
        Field required = new Field("id", FieldType.notNullable(MinorType.INT.getType()), null);
        Schema schema = new Schema(List.of(required, Field.nullable("n", ArrowType.Null.INSTANCE)));
        assertThat(ingest(session, creating("u"), new IngestedRows(allocator, schema, 1, (root, batch) -> {
                    ((IntVector) root.getVector(0)).setSafe(0, 1);
                    root.setRowCount(1);
                })))
                .isEqualTo(1);
        fails("INSERT INTO u (id) VALUES (NULL)", ErrorCode.NOT_NULL_VIOLATION);
        assertThatThrownBy(() ->
                        ingest(session, creating("v"), new IngestedRows(allocator, schema, 1, (root, batch) -> {
                            root.getVector(0).setNull(0);
                            root.setRowCount(1);
                        })))
                .hasMessageContaining("v.id");
        fails("SELECT * FROM v", ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void a_stream_without_batches_makes_an_empty_table() {
        assertThat(ingest(session, creating("u"), numbers(0, -1))).isZero();
        assertThat(ingest(session, appending("u"), numbers(0, -1))).isZero();
        assertThat(count("u")).isZero();
    }

    @Test
    void a_decimal_beyond_its_precision_never_reaches_the_engine() {
        Schema schema = new Schema(List.of(Field.nullable("d", new ArrowType.Decimal(38, 0, 128))));
        IngestedRows rows = new IngestedRows(allocator, schema, 1, (root, batch) -> {
            BigInteger beyond = BigInteger.TEN.pow(38);
            byte[] bytes = beyond.toByteArray();
            ((DecimalVector) root.getVector(0)).setBigEndianSafe(0, bytes);
            root.setRowCount(1);
        });
        assertThatThrownBy(() -> ingest(session, creating("u"), rows))
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE))
                .hasMessageContaining("column \"d\"");
        assertThat(rows("SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void a_decimal_of_256_bits_is_stored_if_it_fits() {
        Schema schema = new Schema(List.of(Field.nullable("d", new ArrowType.Decimal(20, 2, 256))));
        assertThat(ingest(session, creating("u"), new IngestedRows(allocator, schema, 1, (root, batch) -> {
                    var decimals = (Decimal256Vector) root.getVector(0);
                    decimals.setSafe(0, new BigDecimal("-123456789012345678.90"));
                    decimals.setNull(1);
                    root.setRowCount(2);
                })))
                .isEqualTo(2);
        assertThat(rows("SELECT d FROM u"))
                .containsExactly(List.of(new BigDecimal("-123456789012345678.90")), Arrays.asList((Object) null));
        Schema few = new Schema(List.of(Field.nullable("d", new ArrowType.Decimal(5, 0, 256))));
        assertThatThrownBy(() -> ingest(session, creating("v"), new IngestedRows(allocator, few, 1, (root, batch) -> {
                    ((Decimal256Vector) root.getVector(0))
                            .setBigEndianSafe(0, BigInteger.valueOf(100_000).toByteArray());
                    root.setRowCount(1);
                })))
                .hasMessageContaining("column \"d\"")
                .hasMessageContaining("5 digits");
        Schema wide = new Schema(List.of(Field.nullable("d", new ArrowType.Decimal(39, 2, 256))));
        assertThatThrownBy(
                        () -> ingest(session, creating("v"), new IngestedRows(allocator, wide, 0, (root, batch) -> {})))
                .hasMessageContaining("column \"d\"");
    }

    @Test
    void in_a_transaction_it_is_seen_inside_and_undone_with_it() {
        run("BEGIN");
        assertThat(ingest(session, creating("u"), numbers(3, -1))).isEqualTo(3000);
        assertThat(ingest(session, appending("u"), numbers(1, -1))).isEqualTo(1000);
        assertThat(count("u")).isEqualTo(4000);
        assertFails(() -> rows(other().execute("SELECT * FROM u", never)), ErrorCode.UNDEFINED_TABLE);
        run("ROLLBACK");
        fails("SELECT * FROM u", ErrorCode.UNDEFINED_TABLE);
        run("BEGIN");
        assertThat(ingest(session, replacing("t"), numbers(1, -1))).isEqualTo(1000);
        run("COMMIT");
        assertThat(rows(other().execute("SELECT count(*) FROM t", never))).containsExactly(List.of(1000L));
    }

    @Test
    void a_failure_in_a_transaction_leaves_rollback_alone() {
        for (Ingest ingest : List.of(appending("nowhere"), creating("t"), creating("u"))) {
            run("BEGIN");
            assertThatThrownBy(() -> ingest(session, ingest, numbers(3, 2))).isInstanceOf(SkyportException.class);
            fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
            run("ROLLBACK");
        }
        run("BEGIN TRANSACTION READ ONLY");
        assertFails(() -> ingest(session, appending("t"), numbers(1, -1)), ErrorCode.READ_ONLY_TRANSACTION);
        run("ROLLBACK");
    }

    @Test
    void it_runs_in_the_only_transaction_that_its_client_has_open() {
        Transaction one = session.begin();
        ingest(session, appending("t"), numbers(1, -1));
        session.rollback(one);
        assertThat(count("t")).isZero();
        Transaction first = session.begin();
        Transaction second = session.begin();
        ingest(session, appending("t"), numbers(1, -1));
        session.rollback(first);
        session.rollback(second);
        assertThat(count("t")).isEqualTo(1000);
    }

    @Test
    void rollback_to_a_savepoint_keeps_what_was_ingested_before() {
        run("CREATE TABLE u (id INTEGER, r DOUBLE DEFAULT random(), x DOUBLE)");
        run("BEGIN");
        ingest(session, appending("u"), numbers(100, -1));
        ingest(session, creating("v"), numbers(2, -1));
        ingest(appending("v"), List.of("id"), 2.6);
        var before = rows("SELECT bit_xor(hash(r)), count(*), sum(id) FROM u");
        run("SAVEPOINT a");
        ingest(session, appending("u"), numbers(5, -1));
        ingest(session, replacing("v"), numbers(5, -1));
        run("ROLLBACK TO a");
        assertThat(rows("SELECT bit_xor(hash(r)), count(*), sum(id) FROM u")).isEqualTo(before);
        assertThatThrownBy(() -> ingest(session, appending("u"), numbers(5, 3))).hasMessageContaining("lost");
        run("ROLLBACK TO a");
        ingest(session, appending("v"), numbers(1, -1));
        run("COMMIT");
        assertThat(rows("SELECT bit_xor(hash(r)), count(*), sum(id) FROM u")).isEqualTo(before);
        assertThat(rows("SELECT count(*), max(id) FROM v")).containsExactly(List.of(3001L, 1999));
        assertThat(rows("SELECT count(*) FROM v WHERE id = 3")).containsExactly(List.of(3L));
    }

    @Test
    void others_see_its_commit_in_order() {
        Session bob = other();
        bob.update("BEGIN ISOLATION LEVEL SERIALIZABLE", never);
        assertThat(rows(bob.execute("SELECT count(*) FROM t", never))).containsExactly(List.of(0L));
        ingest(session, appending("t"), numbers(1, -1));
        bob.update("CREATE TABLE w AS SELECT 1 AS x", never);
        assertFails(() -> bob.update("COMMIT", never), ErrorCode.SERIALIZATION_FAILURE);
        bob.update("BEGIN", never);
        bob.update("INSERT INTO t VALUES (-1, 'x')", never);
        bob.update("SAVEPOINT a", never);
        ingest(appending("t"), List.of("id"), 1000);
        assertFails(() -> bob.update("ROLLBACK TO a", never), ErrorCode.SERIALIZATION_FAILURE);
        bob.update("ROLLBACK", never);
    }

    @Test
    void what_is_temporary_is_the_sessions_own() {
        Ingest creating = new Ingest(null, null, "t", true, IfNotExists.CREATE, IfExists.FAIL);
        Ingest appending = new Ingest("temp", "main", "t", true, IfNotExists.FAIL, IfExists.APPEND);
        Ingest replacing = new Ingest(null, null, "t", true, IfNotExists.CREATE, IfExists.REPLACE);
        assertFails(() -> ingest(session, appending, numbers(1, -1)), ErrorCode.UNDEFINED_TABLE);
        assertThat(ingest(session, creating, numbers(2, -1))).isEqualTo(2000);
        assertThat(ingest(session, appending, numbers(1, -1))).isEqualTo(1000);
        assertFails(() -> ingest(session, creating, numbers(1, -1)), ErrorCode.DUPLICATE_TABLE);
        assertThat(count("t")).isEqualTo(3000);
        assertThat(count("main.t")).isZero();
        assertThat(rows(other().execute("SELECT count(*) FROM t", never))).containsExactly(List.of(0L));
        assertThat(ingest(session, appending("t"), numbers(1, -1))).isEqualTo(1000);
        assertThat(count("main.t")).isEqualTo(1000);
        assertThat(ingest(session, replacing, numbers(1, -1))).isEqualTo(1000);
        assertThat(count("t")).isEqualTo(1000);
        run("BEGIN");
        ingest(session, appending, numbers(1, -1));
        run("ROLLBACK");
        assertThat(count("t")).isEqualTo(1000);
        assertFails(
                () -> new Ingest("default", null, "t", true, IfNotExists.CREATE, IfExists.FAIL),
                ErrorCode.INVALID_TABLE_DEFINITION);
    }

    @Test
    void catalogs_and_schemas_are_where_it_says() {
        run("CREATE DATABASE other");
        run("CREATE SCHEMA other.s");
        run("CREATE SCHEMA s");
        run("USE s");
        IngestedRows rows = numbers(1, -1);
        ingest(session, new Ingest("OTHER", "s", "u", false, IfNotExists.CREATE, IfExists.FAIL), rows);
        ingest(session, new Ingest("other", null, "u", false, IfNotExists.CREATE, IfExists.FAIL), numbers(2, -1));
        ingest(session, new Ingest(null, "main", "u", false, IfNotExists.CREATE, IfExists.FAIL), numbers(3, -1));
        ingest(session, creating("u"), numbers(4, -1));
        assertThat(rows("SELECT (SELECT count(*) FROM other.s.u), (SELECT count(*) FROM other.main.u),"
                        + " (SELECT count(*) FROM \"default\".main.u), (SELECT count(*) FROM \"default\".s.u)"))
                .containsExactly(List.of(1000L, 2000L, 3000L, 4000L));
        assertFails(
                () -> ingest(
                        session,
                        new Ingest("none", null, "u", false, IfNotExists.CREATE, IfExists.FAIL),
                        numbers(1, -1)),
                ErrorCode.INVALID_CATALOG_NAME);
        assertFails(
                () -> ingest(
                        session,
                        new Ingest(null, "none", "u", false, IfNotExists.CREATE, IfExists.FAIL),
                        numbers(1, -1)),
                ErrorCode.INVALID_SCHEMA_NAME);
    }

    @Test
    void names_are_taken_as_they_are() {
        String table = "x\"; DROP TABLE t; -- \n\\ü";
        List<String> columns = List.of("a\"b", "SELECT", "two\r\nlines \\000A", "p1");
        assertThat(ingest(creating(table), columns, 1, 2, 3, "4")).isEqualTo(1);
        assertThat(ingest(appending(table), columns, 1, 2, 3, "4")).isEqualTo(1);
        assertThat(session.catalog().tables().stream()
                        .filter(found -> found.name().name().equals(table))
                        .flatMap(found -> found.columns().stream())
                        .map(io.skyport.catalog.Column::name))
                .isEqualTo(columns);
        assertThat(count("t")).isZero();
        assertFails(() -> creating("a\0b"), ErrorCode.INVALID_PARAMETER_VALUE);
        refused(creating("ab"), List.of("a\0b"), ErrorCode.INVALID_TABLE_DEFINITION, "", 1);
    }

    @Test
    void views_take_no_rows_and_are_not_replaced() {
        run("CREATE VIEW v AS SELECT 1 AS id");
        run("CREATE MATERIALIZED VIEW m AS SELECT 1 AS id");
        for (String view : List.of("v", "m")) {
            assertFails(() -> ingest(session, appending(view), numbers(1, -1)), ErrorCode.WRONG_OBJECT_TYPE);
            assertFails(() -> ingest(session, replacing(view), numbers(1, -1)), ErrorCode.WRONG_OBJECT_TYPE);
            assertFails(() -> ingest(session, creating(view), numbers(1, -1)), ErrorCode.DUPLICATE_TABLE);
        }
    }

    @Test
    void those_who_create_a_table_at_the_same_time_all_fill_it() throws Exception {
        int clients = 6;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        CyclicBarrier start = new CyclicBarrier(clients);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Session client = sessions.session("client " + i, Set.of(), "client-" + i);
                counts.add(threads.submit(() -> {
                    start.await();
                    return ingest(client, into("u", IfNotExists.CREATE, IfExists.APPEND), numbers(2, -1));
                }));
            }
            for (Future<Long> count : counts) {
                assertThat(count.get()).isEqualTo(2000);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count("u")).isEqualTo(12_000);
    }

    @Test
    void no_more_than_a_few_batches_are_in_memory() {
        int rows = 100_000;
        Schema schema = new Schema(List.of(Field.nullable("id", MinorType.BIGINT.getType())));
        long[] most = {0};
        IngestedRows stream = new IngestedRows(allocator, schema, 200, (root, batch) -> {
            BigIntVector ids = (BigIntVector) root.getVector(0);
            ids.allocateNew(rows);
            for (int row = 0; row < rows; row++) {
                ids.set(row, row);
            }
            root.setRowCount(rows);
            most[0] = Math.max(most[0], allocator.getAllocatedMemory());
        });
        assertThat(ingest(session, creating("u"), stream)).isEqualTo(20_000_000);
        assertThat(most[0]).isLessThan(32L * 1024 * 1024);
    }

    @Test
    void a_cancelled_one_leaves_nothing() {
        Cancellation cancellation = new Cancellation();
        IngestedRows rows = new IngestedRows(allocator, NUMBERS, 1_000_000, (root, batch) -> {
            if (batch == 50) {
                cancellation.cancel();
            }
            fill(root);
        });
        assertFails(() -> session.ingest(creating("u"), rows, null, cancellation), ErrorCode.QUERY_CANCELED);
        closed(rows);
        fails("SELECT * FROM u", ErrorCode.UNDEFINED_TABLE);
    }

    private static void fill(VectorSchemaRoot root) {
        ((IntVector) root.getVector(0)).setSafe(0, 1);
        root.setRowCount(1);
    }

    private static void closed(ArrowReader rows) {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

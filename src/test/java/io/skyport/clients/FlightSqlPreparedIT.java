package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;

/** Prepared statements: conformance section 8, by Arrow's Java client. */
class FlightSqlPreparedIT extends Connected {

    private static final DictionaryProvider NO_DICTIONARIES = new MapDictionaryProvider();

    @Test
    void a_query_announces_its_result_and_its_parameters() throws Exception {
        String table = create("announced", "i INTEGER, s VARCHAR");

        try (PreparedStatement statement = client.prepare("SELECT s FROM " + table + " WHERE i = ? AND s LIKE ?")) {
            assertThat(statement.getResultSetSchema().getFields())
                    .containsExactly(statement.getResultSetSchema().findField("s"));
            assertThat(statement.fetchSchema().getSchema()).isEqualTo(statement.getResultSetSchema());
            assertThat(statement.getParameterSchema().getFields())
                    .hasSize(2)
                    .allMatch(Field::isNullable)
                    .extracting(Field::getType)
                    .containsExactly(new ArrowType.Int(32, true), new ArrowType.Utf8());
        }
    }

    @Test
    void dml_announces_a_result_without_fields() throws Exception {
        String table = create("dml", "i INTEGER");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?)")) {
            assertThat(statement.getResultSetSchema().getFields()).isEmpty();
            assertThat(statement.getParameterSchema().getFields()).hasSize(1);
        }
        try (PreparedStatement statement = client.prepare("DELETE FROM " + table)) {
            assertThat(statement.getResultSetSchema().getFields()).isEmpty();
            assertThat(statement.getParameterSchema().getFields()).isEmpty();
        }
    }

    @Test
    void a_statement_without_parameters_runs_again_and_again() throws Exception {
        String table = create("again", "i INTEGER");

        try (PreparedStatement insert = client.prepare("INSERT INTO " + table + " VALUES (1)");
                PreparedStatement count = client.prepare("SELECT count(*) FROM " + table)) {
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(read(count.execute()).value()).isEqualTo(1L);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(read(count.execute()).value()).isEqualTo(2L);
        }
    }

    @Test
    void dml_through_get_flight_info_runs_exactly_once() throws Exception {
        String table = create("info", "i INTEGER");

        try (PreparedStatement insert = client.prepare("INSERT INTO " + table + " VALUES (1)")) {
            FlightInfo info = insert.execute();
            assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(1L);
            assertThat(info.getRecords()).isEqualTo(1);
            assertThat(read(info).rows()).isEmpty();
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(1L);
    }

    @Test
    void a_bound_row_is_used_and_can_be_replaced() throws Exception {
        try (PreparedStatement statement = client.prepare("SELECT CAST(? AS BIGINT) + 1 AS i")) {
            statement.setParameters(bigints(41L));
            FlightInfo first = statement.execute();
            statement.setParameters(bigints(99L));
            FlightInfo second = statement.execute();

            assertThat(read(second).value()).isEqualTo(100L);
            // Rebinding does not change what was executed before.
            assertThat(read(first).value()).isEqualTo(42L);
        }
    }

    @Test
    void several_bound_rows_give_their_results_one_after_the_other() throws Exception {
        String table = create("several", "i BIGINT, s VARCHAR");
        client.executeUpdate("INSERT INTO " + table + " VALUES (1, 'one'), (2, 'two'), (2, 'zwei'), (3, 'three')");

        try (PreparedStatement statement = client.prepare("SELECT s FROM " + table + " WHERE i = ? ORDER BY s")) {
            statement.setParameters(bigints(3L, 2L, 7L));

            assertThat(read(statement.execute()).column(0)).containsExactly("three", "two", "zwei");
        }
    }

    @Test
    void many_rows_are_inserted_by_one_call_and_counted_together() throws Exception {
        String table = create("many", "i BIGINT, s VARCHAR");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?, ?)")) {
            BigIntVector numbers = new BigIntVector("i", allocator);
            VarCharVector texts = new VarCharVector("s", allocator);
            for (int row = 0; row < 10_000; row++) {
                numbers.setSafe(row, row);
                if (row % 10 != 0) {
                    texts.setSafe(row, new Text("row " + row));
                }
            }
            statement.setParameters(root(10_000, numbers, texts));

            assertThat(statement.executeUpdate()).isEqualTo(10_000);
        }
        assertThat(query("SELECT count(*), count(s), sum(i) FROM " + table)
                        .rows()
                        .get(0)
                        .subList(0, 2))
                .containsExactly(10_000L, 9_000L);
        assertThat(query("SELECT s FROM " + table + " WHERE i = 4711").value()).isEqualTo("row 4711");
    }

    @Test
    void rows_of_several_batches_are_one_update() throws Exception {
        String table = create("batches", "i BIGINT");

        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = bigints()) {
            ByteString handle = commands.prepare("INSERT INTO " + table + " VALUES (?)");
            long count = commands.update(
                    handle,
                    root,
                    NO_DICTIONARIES,
                    () -> fill(root, 0, 5),
                    () -> fill(root, 5, 0),
                    () -> fill(root, 5, 7));

            assertThat(count).isEqualTo(12);
        }
        assertThat(query("SELECT i FROM " + table + " ORDER BY i").column(0))
                .isEqualTo(LongStream.range(0, 12).boxed().toList());
    }

    @Test
    void rows_of_several_batches_are_bound_together() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = bigints()) {
            ByteString handle = commands.prepare("SELECT CAST(? AS BIGINT) * 10 AS i");
            ByteString answer = commands.put(
                    FlightCommands.query(handle),
                    root,
                    NO_DICTIONARIES,
                    () -> fill(root, 0, 2),
                    () -> fill(root, 2, 3));

            // Both handles work: clients differ in which they use from now on.
            if (!answer.isEmpty()) {
                assertThat(DoPutPreparedStatementResult.parseFrom(answer).getPreparedStatementHandle())
                        .isNotEqualTo(ByteString.EMPTY);
            }
            assertThat(read(commands.info(FlightCommands.query(handle))).column(0))
                    .containsExactly(0L, 10L, 20L, 30L, 40L);
        }
    }

    @Test
    void no_bound_rows_give_an_empty_result() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = bigints()) {
            ByteString handle = commands.prepare("SELECT CAST(? AS BIGINT) AS i");
            commands.put(FlightCommands.query(handle), root, NO_DICTIONARIES);

            FlightInfo info = commands.info(FlightCommands.query(handle));
            Rows rows = read(info);
            assertThat(rows.rows()).isEmpty();
            assertThat(rows.schema()).isEqualTo(announced(info));
        }
    }

    @Test
    void a_statement_without_parameters_takes_a_bind_without_columns() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = root(0)) {
            ByteString handle = commands.prepare("SELECT 7");
            commands.put(FlightCommands.query(handle), root, NO_DICTIONARIES);

            assertThat(read(commands.info(FlightCommands.query(handle))).value())
                    .isEqualTo(7);
        }
    }

    @Test
    void a_batch_update_that_fails_leaves_nothing_behind() throws Exception {
        String table = create("atomic", "i BIGINT PRIMARY KEY");
        client.executeUpdate("INSERT INTO " + table + " VALUES (3)");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?)")) {
            statement.setParameters(bigints(1L, 2L, 3L, 4L));
            assertThatThrownBy(statement::executeUpdate)
                    .satisfies(code(FlightStatusCode.ALREADY_EXISTS))
                    .hasMessageContaining("23505");
            statement.setParameters(bigints(LongStream.range(100, 1_000).boxed().toArray(Long[]::new)));
            assertThat(statement.executeUpdate()).isEqualTo(900);
            statement.setParameters(bigints(LongStream.range(999, 2_000).boxed().toArray(Long[]::new)));
            assertThatThrownBy(statement::executeUpdate).satisfies(code(FlightStatusCode.ALREADY_EXISTS));
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(901L);
    }

    @Test
    void an_update_with_several_rows_runs_once_for_each() throws Exception {
        String table = create("updated", "i BIGINT, n BIGINT");
        client.executeUpdate("INSERT INTO " + table + " VALUES (1, 0), (2, 0), (2, 0), (3, 0)");

        try (PreparedStatement statement = client.prepare("UPDATE " + table + " SET n = n + 1 WHERE i = ?")) {
            statement.setParameters(bigints(2L, 3L, 2L, 9L));
            assertThat(statement.executeUpdate()).isEqualTo(5);
        }
        assertThat(query("SELECT n FROM " + table + " ORDER BY i").column(0)).containsExactly(0L, 2L, 2L, 1L);
    }

    @Test
    void no_rows_for_a_statement_with_parameters_change_nothing() throws Exception {
        String table = create("norows", "i BIGINT");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?)")) {
            statement.setParameters(bigints());
            assertThat(statement.executeUpdate()).isZero();
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void no_rows_without_columns_change_nothing() throws Exception {
        // What the Go driver, and with it Python's, makes of executemany with nothing.
        String table = create("nocolumns", "i BIGINT");

        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = root(0)) {
            ByteString handle = commands.prepare("INSERT INTO " + table + " VALUES (?)");
            assertThat(commands.update(handle, root, NO_DICTIONARIES, () -> {})).isZero();
            assertThatThrownBy(() -> commands.update(handle, root, NO_DICTIONARIES, () -> root.setRowCount(1)))
                    .satisfies(FlightSqlPreparedIT::isCountMismatch);
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void executing_without_binding_is_an_invalid_argument() throws Exception {
        try (PreparedStatement statement = client.prepare("SELECT CAST(? AS INTEGER)")) {
            assertThatThrownBy(statement::execute)
                    .satisfies(code(FlightStatusCode.INVALID_ARGUMENT))
                    .hasMessageContaining("07001");
        }
    }

    @Test
    void too_few_and_too_many_parameters_are_an_invalid_argument() throws Exception {
        String table = create("counts", "a BIGINT, b BIGINT");

        try (PreparedStatement query = client.prepare("SELECT * FROM " + table + " WHERE a = ? AND b = ?");
                PreparedStatement insert = client.prepare("INSERT INTO " + table + " VALUES (?, ?)")) {
            for (PreparedStatement statement : List.of(query, insert)) {
                statement.setParameters(bigints(1L));
                assertThatThrownBy(() -> run(statement)).satisfies(FlightSqlPreparedIT::isCountMismatch);
                statement.setParameters(root(1, bigint("a", 1L), bigint("b", 2L), bigint("c", 3L)));
                assertThatThrownBy(() -> run(statement)).satisfies(FlightSqlPreparedIT::isCountMismatch);
            }
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void nulls_are_bound_with_and_without_a_type() throws Exception {
        try (PreparedStatement statement = client.prepare("SELECT CAST(? AS INTEGER) AS i")) {
            IntVector typed = new IntVector("p", allocator);
            typed.setNull(0);
            statement.setParameters(root(1, typed));
            assertThat(read(statement.execute()).rows()).containsExactly(Arrays.asList((Object) null));

            statement.setParameters(root(1, new NullVector("p", 1)));
            assertThat(read(statement.execute()).rows()).containsExactly(Arrays.asList((Object) null));
        }
    }

    @Test
    void an_untyped_null_is_inserted() throws Exception {
        String table = create("nulls", "i INTEGER, s VARCHAR");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?, ?)")) {
            IntVector numbers = new IntVector("a", allocator);
            for (int row = 0; row < 20; row++) {
                numbers.setSafe(row, row);
            }
            statement.setParameters(root(20, numbers, new NullVector("b", 20)));
            assertThat(statement.executeUpdate()).isEqualTo(20);
        }
        assertThat(query("SELECT count(i), count(s) FROM " + table).rows()).containsExactly(List.of(20L, 0L));
    }

    @Test
    void values_of_another_type_of_the_same_family_are_taken() throws Exception {
        String table = create("families", "i INTEGER, s VARCHAR, t TIMESTAMP, n DECIMAL(10, 2)");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
            for (int rows : new int[] {1, 50}) {
                BigIntVector numbers = new BigIntVector("a", allocator);
                LargeVarCharVector texts = new LargeVarCharVector("b", allocator);
                TimeStampNanoVector times = new TimeStampNanoVector("c", allocator);
                DecimalVector decimals = new DecimalVector("d", allocator, 20, 1);
                for (int row = 0; row < rows; row++) {
                    numbers.setSafe(row, 7);
                    texts.setSafe(row, new Text("large"));
                    times.setSafe(row, 1_700_000_000_123_456_000L);
                    decimals.setSafe(row, 125);
                }
                statement.setParameters(root(rows, numbers, texts, times, decimals));
                assertThat(statement.executeUpdate()).isEqualTo(rows);
            }
        }
        assertThat(query("SELECT DISTINCT i, s, CAST(t AS VARCHAR), CAST(n AS VARCHAR) FROM " + table)
                        .rows())
                .containsExactly(List.of(7, "large", "2023-11-14 22:13:20.123456", "12.50"));
    }

    @Test
    void a_value_that_does_not_fit_is_an_invalid_argument() throws Exception {
        String table = create("unfit", "i INTEGER");

        try (PreparedStatement statement = client.prepare("INSERT INTO " + table + " VALUES (?)")) {
            for (Long[] values : List.of(
                    new Long[] {1L << 40},
                    LongStream.range(0, 50).mapToObj(i -> i << 30).toArray(Long[]::new))) {
                statement.setParameters(bigints(values));
                assertThatThrownBy(statement::executeUpdate)
                        .satisfies(code(FlightStatusCode.INVALID_ARGUMENT))
                        .hasMessageContaining("22003");
            }
            VarCharVector text = new VarCharVector("p", allocator);
            text.setSafe(0, new Text("not a number"));
            statement.setParameters(root(1, text));
            assertThatThrownBy(statement::executeUpdate).satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        }
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void dictionary_encoded_parameters_are_decoded() throws Exception {
        String table = create("dictionary", "s VARCHAR");
        VarCharVector colours = new VarCharVector("colours", allocator);
        colours.setSafe(0, new Text("red"));
        colours.setSafe(1, new Text("green"));
        colours.setValueCount(2);
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
        IntVector indices = new IntVector("p", new FieldType(true, encoding.getIndexType(), encoding), allocator);
        for (int row = 0; row < 30; row++) {
            indices.setSafe(row, row % 3 == 0 ? 0 : 1);
        }

        try (colours;
                FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = root(30, indices)) {
            DictionaryProvider dictionaries = new MapDictionaryProvider(new Dictionary(colours, encoding));
            ByteString insert = commands.prepare("INSERT INTO " + table + " VALUES (?)");
            assertThat(commands.update(insert, root, dictionaries, () -> {})).isEqualTo(30);
            root.setRowCount(2);
            ByteString query = commands.prepare("SELECT count(*) FROM " + table + " WHERE s = ?");
            commands.put(FlightCommands.query(query), root, dictionaries, () -> {});

            assertThat(read(commands.info(FlightCommands.query(query))).column(0))
                    .containsExactly(10L, 20L);
        }
    }

    @Test
    void a_closed_statement_is_gone() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = root(0)) {
            ByteString handle = commands.prepare("SELECT 1");
            commands.close(handle);

            isGone(commands, handle, root);
            commands.close(handle); // clients show what closing throws
        }
    }

    @Test
    void a_handle_that_was_never_issued_is_unknown() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = root(0)) {
            for (String handle : List.of("", "made up", "\u0000\u00ff")) {
                isGone(commands, ByteString.copyFromUtf8(handle), root);
                assertThatThrownBy(() -> commands.close(ByteString.copyFromUtf8(handle)))
                        .satisfies(code(FlightStatusCode.NOT_FOUND));
            }
        }
    }

    private static void isGone(FlightCommands commands, ByteString handle, VectorSchemaRoot root) {
        assertThatThrownBy(() -> commands.info(FlightCommands.query(handle)))
                .satisfies(code(FlightStatusCode.NOT_FOUND))
                .hasMessageContaining("26000");
        assertThatThrownBy(() -> commands.schema(FlightCommands.query(handle)))
                .satisfies(code(FlightStatusCode.NOT_FOUND));
        assertThatThrownBy(() -> commands.put(FlightCommands.query(handle), root, NO_DICTIONARIES))
                .satisfies(code(FlightStatusCode.NOT_FOUND));
        assertThatThrownBy(() -> commands.update(handle, root, NO_DICTIONARIES))
                .satisfies(code(FlightStatusCode.NOT_FOUND));
    }

    @Test
    void handles_are_ascii_unguessable_and_never_the_text() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            ByteString one = commands.prepare("SELECT 'needle'");
            ByteString two = commands.prepare("SELECT 'needle'");

            assertThat(one).isNotEqualTo(two);
            assertThat(one.toStringUtf8()).matches("[\\x21-\\x7e]{16,}").doesNotContain("needle");
        }
    }

    @Test
    void both_schemas_are_always_sent() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            var result = commands.create("DROP TABLE IF EXISTS " + table("nothing"));

            // .NET parses both without looking whether they are there.
            assertThat(result.getDatasetSchema().isEmpty()).isFalse();
            assertThat(result.getParameterSchema().isEmpty()).isFalse();
        }
    }

    @Test
    void a_result_outlives_its_statement() throws Exception {
        FlightInfo info;
        try (PreparedStatement statement = client.prepare("SELECT 5")) {
            info = statement.execute();
        }
        assertThat(read(info).value()).isEqualTo(5);
    }

    @Test
    void two_executions_of_one_statement_do_not_disturb_each_other() throws Exception {
        try (PreparedStatement statement = client.prepare("SELECT CAST(? AS BIGINT) AS i FROM range(20000)")) {
            statement.setParameters(bigints(1L));
            FlightInfo one = statement.execute();
            statement.setParameters(bigints(2L));
            FlightInfo two = statement.execute();
            try (var first = client.getStream(one.getEndpoints().get(0).getTicket());
                    var second = client.getStream(two.getEndpoints().get(0).getTicket())) {
                assertThat(first.next()).isTrue();
                assertThat(second.next()).isTrue();
                assertThat(first.getRoot().getVector(0).getObject(0)).isEqualTo(1L);
                assertThat(second.getRoot().getVector(0).getObject(0)).isEqualTo(2L);
                while (first.next() | second.next()) {
                    assertThat(first.getRoot()).isNotNull();
                }
            }
        }
    }

    @Test
    void a_statement_follows_a_change_of_its_table() throws Exception {
        String table = create("changing", "i INTEGER");
        client.executeUpdate("INSERT INTO " + table + " VALUES (1)");

        try (PreparedStatement statement = client.prepare("SELECT * FROM " + table)) {
            assertThat(read(statement.execute()).rows()).containsExactly(List.of(1));
            create("changing", "i INTEGER, s VARCHAR");
            client.executeUpdate("INSERT INTO " + table + " VALUES (2, 'two')");

            FlightInfo info = statement.execute();
            Rows rows = read(info);
            assertThat(rows.rows()).containsExactly(List.of(2, "two"));
            assertThat(rows.schema()).isEqualTo(announced(info));
        }
    }

    @Test
    void numbered_parameters_are_bound_by_their_number() throws Exception {
        try (PreparedStatement statement =
                client.prepare("SELECT CAST($2 AS BIGINT) - CAST($1 AS BIGINT) AS d, CAST($2 AS BIGINT) AS e")) {
            assertThat(statement.getParameterSchema().getFields()).hasSize(2);
            statement.setParameters(root(1, bigint("a", 1L), bigint("b", 10L)));
            assertThat(read(statement.execute()).rows()).containsExactly(List.of(9L, 10L));
        }
    }

    private void run(PreparedStatement statement) throws Exception {
        if (statement.getResultSetSchema().getFields().isEmpty()) {
            statement.executeUpdate();
        } else {
            read(statement.execute());
        }
    }

    private static void isCountMismatch(Throwable failure) {
        assertThat(failure).satisfies(code(FlightStatusCode.INVALID_ARGUMENT)).hasMessageContaining("07001");
    }

    private BigIntVector bigint(String name, Long... values) {
        BigIntVector vector = new BigIntVector(name, allocator);
        vector.allocateNew(Math.max(values.length, 1));
        for (int row = 0; row < values.length; row++) {
            vector.setSafe(row, values[row]);
        }
        return vector;
    }

    private VectorSchemaRoot bigints(Long... values) {
        return root(values.length, bigint("p", values));
    }

    private static VectorSchemaRoot root(int rows, FieldVector... vectors) {
        for (FieldVector vector : vectors) {
            vector.setValueCount(rows);
        }
        List<Field> fields = Arrays.stream(vectors).map(FieldVector::getField).toList();
        return new VectorSchemaRoot(fields, List.of(vectors), rows);
    }

    private static void fill(VectorSchemaRoot root, long from, int count) {
        BigIntVector vector = (BigIntVector) root.getVector(0);
        vector.reset();
        for (int row = 0; row < count; row++) {
            vector.setSafe(row, from + row);
        }
        root.setRowCount(count);
    }
}

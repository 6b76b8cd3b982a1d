package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prepared statements: what newer clients read, and parameters whose type the text does not tell. */
class PreparedMatrixIT extends Connected {

    private static final DictionaryProvider NO_DICTIONARIES = new DictionaryProvider.MapDictionaryProvider();

    @ParameterizedTest
    @CsvSource({
        "SELECT 1, 0",
        "SELECT * FROM preparedmatrixit.t WHERE i = ?, 0",
        "EXPLAIN SELECT 1, 0",
        "INSERT INTO preparedmatrixit.t VALUES (?), 1",
        "DELETE FROM preparedmatrixit.t, 1",
        "INSERT INTO preparedmatrixit.t VALUES (1) RETURNING i, 0",
        "CREATE TABLE IF NOT EXISTS preparedmatrixit.u (i INTEGER), 1",
        "BEGIN, 1"
    })
    void field_4_says_whether_to_execute_it_as_an_update_and_agrees_with_the_result_s_schema(String sql, long update)
            throws Exception {
        create("t", "i INTEGER");
        try (FlightCommands commands = new FlightCommands(allocator)) {
            ActionCreatePreparedStatementResult result = commands.create(sql);

            assertThat(result.getUnknownFields().getField(4).getVarintList()).containsExactly(update);
            assertThat(commands.schema(FlightCommands.query(result.getPreparedStatementHandle()))
                            .getFields()
                            .isEmpty())
                    .isEqualTo(update == 1);
            assertThat(result.getDatasetSchema()).isNotEmpty();
            assertThat(result.getParameterSchema()).isNotEmpty();
            commands.close(result.getPreparedStatementHandle());
        }
    }

    @Test
    void a_bind_answers_with_a_handle_that_works_and_so_does_the_first_one() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator);
                VectorSchemaRoot root = bigints(5)) {
            ByteString handle = commands.prepare("SELECT CAST(? AS BIGINT) AS i");
            ByteString metadata = commands.put(FlightCommands.query(handle), root, NO_DICTIONARIES, () -> {});
            ByteString answered =
                    DoPutPreparedStatementResult.parseFrom(metadata).getPreparedStatementHandle();

            assertThat(answered.isEmpty()).isFalse();
            for (ByteString known : List.of(answered, handle)) {
                FlightInfo info = commands.info(FlightCommands.query(known));
                try (FlightStream stream =
                        commands.stream(info.getEndpoints().get(0).getTicket())) {
                    assertThat(stream.next()).isTrue();
                    assertThat(stream.getRoot().getVector(0).getObject(0)).isEqualTo(5L);
                }
            }
            commands.close(answered);
        }
    }

    @Test
    void a_statement_that_is_closed_while_its_result_is_read_is_read_to_its_end() throws Exception {
        PreparedStatement statement = client.prepare("SELECT i FROM range(300000) r(i)");
        FlightInfo info = statement.execute();
        long rows = 0;
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
            assertThat(stream.next()).isTrue();
            rows += stream.getRoot().getRowCount();
            statement.close();
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
        }
        assertThat(rows).isEqualTo(300_000);
    }

    @Test
    void a_parameter_whose_type_nothing_tells_is_what_is_bound_to_it_and_so_is_the_result() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            ByteString handle = commands.prepare("SELECT ? AS v, 1 AS one");

            assertThat(type(commands, handle)).isEqualTo(ArrowType.Utf8.INSTANCE);
            bound(commands, handle, bigints(42), MinorType.BIGINT.getType(), 42L);
            bound(commands, handle, texts("text"), ArrowType.Utf8.INSTANCE, "text");
            bound(commands, handle, doubles(1.5), MinorType.FLOAT8.getType(), 1.5);
            bound(commands, handle, bits(), MinorType.BIT.getType(), true);
            bound(commands, handle, days(1), MinorType.DATEDAY.getType(), 1);
            bound(commands, handle, nulls(), ArrowType.Utf8.INSTANCE, null);
            commands.close(handle);
        }
    }

    @Test
    void a_parameter_whose_type_the_text_tells_keeps_it_whatever_is_bound() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            ByteString handle = commands.prepare("SELECT CAST(? AS VARCHAR) AS v");

            bound(commands, handle, bigints(42), ArrowType.Utf8.INSTANCE, "42");
            commands.close(handle);
        }
    }

    @Test
    void a_value_that_does_not_fit_where_a_text_is_wanted_becomes_one() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            ByteString handle = commands.prepare("SELECT upper(?) AS v");

            bound(commands, handle, bigints(42), ArrowType.Utf8.INSTANCE, "42");
            bound(commands, handle, texts("x"), ArrowType.Utf8.INSTANCE, "X");
            commands.close(handle);
        }
    }

    /** Binds, and finds the schema refreshed, announced and delivered alike. */
    private void bound(FlightCommands commands, ByteString handle, VectorSchemaRoot rows, ArrowType type, Object value)
            throws Exception {
        try (rows) {
            commands.put(FlightCommands.query(handle), rows, NO_DICTIONARIES, () -> {});
        }
        assertThat(type(commands, handle)).isEqualTo(type);
        FlightInfo info = commands.info(FlightCommands.query(handle));
        assertThat(announced(info).getFields().get(0).getType()).isEqualTo(type);
        try (FlightStream stream = commands.stream(info.getEndpoints().get(0).getTicket())) {
            assertThat(stream.getSchema()).isEqualTo(announced(info));
            assertThat(stream.next()).isTrue();
            Object found = stream.getRoot().getVector(0).getObject(0);
            assertThat(found instanceof Text ? found.toString() : found).isEqualTo(value);
        }
    }

    private static ArrowType type(FlightCommands commands, ByteString handle) {
        return commands.schema(FlightCommands.query(handle)).getFields().get(0).getType();
    }

    private VectorSchemaRoot bigints(long value) {
        BigIntVector vector = new BigIntVector("p", allocator);
        vector.setSafe(0, value);
        return one(vector);
    }

    private VectorSchemaRoot texts(String value) {
        VarCharVector vector = new VarCharVector("p", allocator);
        vector.setSafe(0, new Text(value));
        return one(vector);
    }

    private VectorSchemaRoot doubles(double value) {
        Float8Vector vector = new Float8Vector("p", allocator);
        vector.setSafe(0, value);
        return one(vector);
    }

    private VectorSchemaRoot bits() {
        BitVector vector = new BitVector("p", allocator);
        vector.setSafe(0, 1);
        return one(vector);
    }

    private VectorSchemaRoot days(int value) {
        DateDayVector vector = new DateDayVector("p", allocator);
        vector.setSafe(0, value);
        return one(vector);
    }

    private VectorSchemaRoot nulls() {
        return one(new NullVector("p", 1));
    }

    private static VectorSchemaRoot one(FieldVector vector) {
        vector.setValueCount(1);
        VectorSchemaRoot root = VectorSchemaRoot.of(vector);
        root.setRowCount(1);
        return root;
    }
}

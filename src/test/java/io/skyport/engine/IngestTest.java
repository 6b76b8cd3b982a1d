package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest extends EngineTestBase {

    private static final Schema NUMBERS = new Schema(List.of(Field.nullable("i", new ArrowType.Int(64, true))));
    private static final String INSERT = "INSERT INTO \"default\".main.t SELECT * FROM input";

    private long ingest(Schema schema, ScriptedReader.Script script) {
        try (EngineConnection connection = engine.acquire();
                ScriptedReader input = new ScriptedReader(allocator, schema, script)) {
            return connection.ingest(INSERT, "input", input);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean numbers(FieldVector vector, int batch, int batches) {
        BigIntVector numbers = (BigIntVector) vector;
        for (int i = 0; i < 1000; i++) {
            numbers.setSafe(i, batch * 1000L + i);
        }
        return batch < batches;
    }

    @Test
    void every_batch_is_inserted_once_and_the_input_stays_open() throws Exception {
        update("CREATE TABLE \"default\".main.t (i BIGINT UNIQUE)");
        try (EngineConnection connection = engine.acquire();
                ScriptedReader input = new ScriptedReader(allocator, NUMBERS, (root, batch) -> {
                    root.setRowCount(1000);
                    return numbers(root.getVector(0), batch, 5);
                })) {
            assertThat(connection.ingest(INSERT, "input", input)).isEqualTo(5000);
            assertThat(input.batches()).isEqualTo(6);
            assertThat(input.getVectorSchemaRoot().getSchema()).isEqualTo(NUMBERS);
            assertThat(codeOf(() -> connection.update("SELECT * FROM input", List.of())))
                    .isEqualTo(ErrorCode.UNDEFINED_TABLE);
        }
        assertThat(query("SELECT count(*), max(i) FROM \"default\".main.t")).containsExactly(List.of(5000L, 4999L));
    }

    @Test
    void an_input_that_fails_midway_leaves_the_table_as_it_was_and_tells_its_own_failure() {
        update("CREATE TABLE \"default\".main.t (i BIGINT)");
        SkyportException failure = failure(() -> ingest(NUMBERS, (root, batch) -> {
            root.setRowCount(1000);
            if (batch == 3) {
                throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "the client hung up");
            }
            return numbers(root.getVector(0), batch, 5);
        }));
        assertThat(failure.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        assertThat(failure.text()).isEqualTo("the client hung up");
        SkyportException foreign = failure(() -> ingest(NUMBERS, (root, batch) -> {
            throw new java.io.IOException("broken pipe");
        }));
        assertThat(foreign.code()).isEqualTo(ErrorCode.DATA_EXCEPTION);
        assertThat(foreign.text()).isEqualTo("the input stream failed: broken pipe");
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(0L);
    }

    @Test
    void a_violated_constraint_leaves_the_table_as_it_was() {
        update("CREATE TABLE \"default\".main.t (i BIGINT UNIQUE)");
        assertThat(codeOf(() -> ingest(NUMBERS, (root, batch) -> {
                    root.setRowCount(1000);
                    return numbers(root.getVector(0), Math.min(batch, 3), 5) && batch < 5;
                })))
                .isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(0L);
    }

    @Test
    void an_ingest_within_a_transaction_is_rolled_back_with_it() throws Exception {
        update("CREATE TABLE \"default\".main.t (i BIGINT)");
        try (EngineConnection connection = engine.acquire();
                ScriptedReader input = new ScriptedReader(allocator, NUMBERS, (root, batch) -> {
                    root.setRowCount(1000);
                    return numbers(root.getVector(0), batch, 1);
                })) {
            connection.begin();
            assertThat(connection.ingest(INSERT, "input", input)).isEqualTo(1000);
            connection.rollback();
        }
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 18, 19, 28, 38})
    void a_decimal_beyond_its_precision_is_refused_before_the_engine_sees_it(int precision) {
        update("CREATE TABLE \"default\".main.t (x DECIMAL(" + precision + ",0))");
        Schema schema = new Schema(List.of(Field.nullable("x", new ArrowType.Decimal(precision, 0, 128))));
        BigDecimal greatest = BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE);
        assertThat(ingest(schema, (root, batch) -> {
                    DecimalVector vector = (DecimalVector) root.getVector(0);
                    vector.setSafe(0, greatest);
                    vector.setSafe(1, greatest.negate());
                    vector.setNull(2);
                    vector.getDataBuffer().setBytes(2 * 16L, bytes(0x7f));
                    root.setRowCount(3);
                    return batch == 0;
                }))
                .isEqualTo(3);
        for (BigDecimal beyond : List.of(
                greatest.add(BigDecimal.ONE), greatest.add(BigDecimal.ONE).negate())) {
            assertThat(codeOf(() -> ingest(schema, (root, batch) -> {
                        DecimalVector vector = (DecimalVector) root.getVector(0);
                        vector.setBigEndianSafe(0, signExtended(beyond));
                        root.setRowCount(1);
                        return batch == 0;
                    })))
                    .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        }
        assertThat(query("SELECT x::VARCHAR FROM \"default\".main.t"))
                .containsExactly(
                        List.of(greatest.toString()), List.of(greatest.negate().toString()), Arrays.asList((Object)
                                null));
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] signExtended(BigDecimal value) {
        byte[] extended = bytes(value.signum() < 0 ? 0xff : 0);
        byte[] magnitude = value.unscaledValue().toByteArray();
        System.arraycopy(magnitude, 0, extended, extended.length - magnitude.length, magnitude.length);
        return extended;
    }

    @Test
    void the_smallest_128_bit_integer_is_no_decimal() {
        update("CREATE TABLE \"default\".main.t (x DECIMAL(38,0))");
        Schema schema = new Schema(List.of(Field.nullable("x", new ArrowType.Decimal(38, 0, 128))));
        assertThat(codeOf(() -> ingest(schema, (root, batch) -> {
                    byte[] smallest = new byte[16];
                    smallest[0] = (byte) 0x80;
                    ((DecimalVector) root.getVector(0)).setBigEndianSafe(0, smallest);
                    root.setRowCount(1);
                    return batch == 0;
                })))
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }

    @Test
    void decimals_within_lists_are_checked_too() {
        update("CREATE TABLE \"default\".main.t (x DECIMAL(4,0)[])");
        Field element = Field.nullable("element", new ArrowType.Decimal(4, 0, 128));
        Schema schema = new Schema(List.of(new Field("x", FieldType.nullable(new ArrowType.List()), List.of(element))));
        assertThat(codeOf(() -> ingest(schema, (root, batch) -> {
                    ListVector list = (ListVector) root.getVector(0);
                    list.startNewValue(0);
                    ((DecimalVector) list.getDataVector()).setBigEndianSafe(0, signExtended(new BigDecimal(10_000)));
                    list.endValue(0, 1);
                    root.setRowCount(1);
                    return batch == 0;
                })))
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }

    @Test
    void text_that_is_not_utf8_is_refused_and_all_other_text_arrives() {
        update("CREATE TABLE \"default\".main.t (s VARCHAR)");
        Schema schema = new Schema(List.of(Field.nullable("s", new ArrowType.Utf8())));
        assertThat(ingest(schema, (root, batch) -> {
                    VarCharVector text = (VarCharVector) root.getVector(0);
                    text.setSafe(0, "é😀\0x".getBytes(StandardCharsets.UTF_8));
                    text.setNull(1);
                    text.setSafe(2, new byte[0]);
                    root.setRowCount(3);
                    return batch == 0;
                }))
                .isEqualTo(3);
        assertThat(codeOf(() -> ingest(schema, (root, batch) -> {
                    ((VarCharVector) root.getVector(0)).setSafe(0, new byte[] {'a', (byte) 0xff});
                    root.setRowCount(1);
                    return batch == 0;
                })))
                .isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        assertThat(query("SELECT s FROM \"default\".main.t"))
                .containsExactly(List.of("é😀\0x"), Arrays.asList((Object) null), List.of(""));
    }

    @Test
    void a_type_the_engine_cannot_read_is_not_supported() {
        update("CREATE TABLE \"default\".main.t (x REAL)");
        Schema half =
                new Schema(List.of(Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF))));
        assertThat(codeOf(() -> ingest(half, (root, batch) -> false))).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
        assertThat(value("SELECT 1")).isEqualTo(1);
    }
}

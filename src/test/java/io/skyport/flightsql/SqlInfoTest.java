package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlInfoTest {

    private static final byte STRING = 0;
    private static final byte BOOL = 1;
    private static final byte BIGINT = 2;
    private static final byte INT32 = 3;
    private static final byte LIST = 4;
    private static final byte MAP = 5;

    private final BufferAllocator allocator = new RootAllocator();
    private final SqlInfo sqlInfo =
            new SqlInfo("1.2.3", "18.3.0", java.time.Duration.ofHours(1), java.time.Duration.ofMinutes(10));

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void without_codes_every_standard_code_is_there_and_no_other() {
        Set<Integer> expected = new TreeSet<>();
        IntStream.rangeClosed(0, 11).forEach(expected::add);
        expected.addAll(List.of(100, 101));
        IntStream.rangeClosed(500, 576).forEach(expected::add);

        assertThat(values(CommandGetSqlInfo.getDefaultInstance()).keySet()).isEqualTo(expected);
        assertThat(expected)
                .allSatisfy(
                        code -> assertThat(FlightSql.SqlInfo.forNumber(code)).isNotNull());
    }

    @Test
    void every_code_has_the_child_that_clients_cast_to() {
        Map<Integer, Byte> children = new TreeMap<>();
        read(CommandGetSqlInfo.getDefaultInstance(), (code, child, value) -> children.put(code, child));

        Map<Integer, Byte> expected = new TreeMap<>();
        put(expected, STRING, 0, 1, 2, 6, 7, 504, 513, 514, 529, 530, 531);
        put(expected, BOOL, 3, 4, 5, 9, 10, 11, 500, 501, 502, 506, 515, 516, 518, 519, 520, 521, 523, 524, 527, 532);
        put(expected, BOOL, 536, 537, 539, 556, 563, 565, 566, 572, 573, 574, 575, 576);
        put(expected, BIGINT, 503, 505, 507, 562);
        put(
                expected,
                BIGINT,
                IntStream.rangeClosed(541, 561).filter(i -> i != 556).toArray());
        put(expected, INT32, 8, 100, 101, 522, 525, 526, 528, 533, 534, 535, 538, 540, 564, 567, 568, 569, 570, 571);
        put(expected, LIST, 508, 509, 510, 511, 512);
        put(expected, MAP, 517);
        assertThat(children).isEqualTo(expected);
    }

    @Test
    void values_come_out_of_the_vectors_as_they_went_in() {
        Map<Integer, Object> values = values(CommandGetSqlInfo.getDefaultInstance());

        assertThat(values)
                .containsEntry(0, "Skyport")
                .containsEntry(1, "1.2.3")
                .containsEntry(2, "18.3.0")
                .containsEntry(3, "false")
                .containsEntry(4, "true")
                .containsEntry(504, "\"")
                .containsEntry(507, "3")
                .containsEntry(528, "6");
        assertThat((String) values.get(508)).contains("\"QUALIFY\"");
        assertThat((String) values.get(517)).contains("\"key\":19");
    }

    @Test
    void only_the_codes_asked_for_are_answered_once_each_and_unknown_ones_not_at_all() {
        CommandGetSqlInfo command = CommandGetSqlInfo.newBuilder()
                .addInfo(3)
                .addInfo(0)
                .addInfo(3)
                .addInfo(10_000)
                .addInfo(499)
                .build();

        assertThat(values(command).keySet()).containsExactly(0, 3);
    }

    @Test
    void asking_for_unknown_codes_only_gives_no_rows() {
        assertThat(sqlInfo.answer(CommandGetSqlInfo.newBuilder().addInfo(10_000).build())
                        .rows())
                .isEmpty();
    }

    private static void put(Map<Integer, Byte> expected, byte child, int... codes) {
        for (int code : codes) {
            expected.put(code, child);
        }
    }

    private Map<Integer, Object> values(CommandGetSqlInfo command) {
        Map<Integer, Object> values = new TreeMap<>();
        List<Integer> codes = new ArrayList<>();
        read(command, (code, child, value) -> {
            values.put(code, String.valueOf(value));
            codes.add(code);
        });
        assertThat(codes).doesNotHaveDuplicates();
        return values;
    }

    private void read(CommandGetSqlInfo command, Row consumer) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(Schemas.GET_SQL_INFO_SCHEMA, allocator)) {
            Cells.write(sqlInfo.answer(command), root);
            UInt4Vector names = (UInt4Vector) root.getVector("info_name");
            DenseUnionVector values = (DenseUnionVector) root.getVector("value");
            for (int i = 0; i < root.getRowCount(); i++) {
                consumer.accept(names.get(i), values.getTypeId(i), values.getObject(i));
            }
        }
    }

    private interface Row {
        void accept(int code, byte child, Object value);
    }
}

package io.skyport.flydb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of vectors as JSON and as text. */
class CellTest {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothing_is_left() {
        allocator.close();
    }

    @Test
    void numbers_are_numbers_and_nothing_is_null() throws IOException {
        try (TinyIntVector tiny = new TinyIntVector("", allocator);
                SmallIntVector small = new SmallIntVector("", allocator);
                IntVector whole = new IntVector("", allocator);
                BigIntVector big = new BigIntVector("", allocator);
                BitVector truth = new BitVector("", allocator)) {
            tiny.setSafe(0, -128);
            small.setSafe(0, 32767);
            whole.setSafe(0, Integer.MIN_VALUE);
            big.setSafe(0, Long.MIN_VALUE);
            big.setNull(1);
            truth.setSafe(0, 1);
            truth.setSafe(1, 0);

            assertThat(json(tiny, 1)).isEqualTo("[[-128]]");
            assertThat(json(small, 1)).isEqualTo("[[32767]]");
            assertThat(json(whole, 1)).isEqualTo("[[-2147483648]]");
            assertThat(json(big, 2)).isEqualTo("[[-9223372036854775808],[null]]");
            assertThat(json(truth, 2)).isEqualTo("[[true],[false]]");
        }
    }

    @Test
    void floating_point_numbers_are_the_shortest_that_mean_the_same_and_what_is_none_is_a_string() throws IOException {
        try (Float8Vector real = new Float8Vector("", allocator);
                Float4Vector small = new Float4Vector("", allocator)) {
            double[] values = {0.1, 1e23, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (int i = 0; i < values.length; i++) {
                real.setSafe(i, values[i]);
            }
            small.setSafe(0, 0.1f);

            assertThat(json(real, values.length))
                    .isEqualTo("[[0.1],[1.0E23],[-0.0],[\"NaN\"],[\"Infinity\"],[\"-Infinity\"]]");
            assertThat(json(small, 1)).isEqualTo("[[0.1]]");
        }
    }

    @Test
    void decimals_are_texts_with_all_their_digits() throws IOException {
        List<String> values = List.of(
                "0.00",
                "0.01",
                "-0.01",
                "1.00",
                "-12345678901234567.89",
                "99999999999999999.99",
                "92233720368547758.08",
                "-92233720368547758.08",
                "-92233720368547758.09",
                "123456789012345678901234567890123456.78",
                "-999999999999999999999999999999999999.99");
        try (DecimalVector decimals = new DecimalVector("", allocator, 38, 2)) {
            for (int i = 0; i < values.size(); i++) {
                decimals.setSafe(i, new BigDecimal(values.get(i)));
            }
            assertThat(json(decimals, values.size())).isEqualTo("[[\"" + String.join("\"],[\"", values) + "\"]]");
        }
    }

    @Test
    void texts_are_escaped_where_json_wants_it() throws IOException {
        try (VarCharVector texts = new VarCharVector("", allocator)) {
            texts.setSafe(0, "a\"b\\c\n\u0001ä\uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
            texts.setSafe(1, new byte[0]);

            assertThat(json(texts, 2)).isEqualTo("[[\"a\\\"b\\\\c\\n\\u0001ä\uD83D\uDE00\"],[\"\"]]");
            texts.setSafe(0, "x".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            assertThat(json(texts, 1)).isEqualTo("[[\"" + "x".repeat(20_000) + "\"]]");
        }
    }

    @Test
    void bytes_are_base64() throws IOException {
        try (VarBinaryVector bytes = new VarBinaryVector("", allocator)) {
            bytes.setSafe(0, new byte[] {0, (byte) 0xFF, (byte) 0xFE});
            bytes.setSafe(1, new byte[] {1});

            assertThat(json(bytes, 2)).isEqualTo("[[\"AP/+\"],[\"AQ==\"]]");
        }
    }

    @Test
    void dates_are_those_of_the_calendar_before_the_year_1_too() throws IOException {
        Random random = new Random(42);
        try (DateDayVector dates = new DateDayVector("", allocator)) {
            StringBuilder expected = new StringBuilder("[");
            for (int i = 0; i < 10_000; i++) {
                int day = i < 5000 ? random.nextInt(4_000_000) - 719_162 : random.nextInt(200_000_000) - 100_000_000;
                dates.setSafe(i, day);
                LocalDate date = LocalDate.ofEpochDay(day);
                int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
                expected.append(i == 0 ? "" : ",")
                        .append(String.format(
                                "[\"%04d-%02d-%02d%s\"]",
                                year, date.getMonthValue(), date.getDayOfMonth(), date.getYear() > 0 ? "" : " (BC)"));
            }
            assertThat(json(dates, 10_000)).isEqualTo(expected.append("]").toString());
            dates.setSafe(0, Integer.MAX_VALUE);
            dates.setSafe(1, -Integer.MAX_VALUE);
            assertThat(json(dates, 2)).isEqualTo("[[\"infinity\"],[\"-infinity\"]]");
        }
    }

    @Test
    void times_and_timestamps_have_as_many_digits_as_they_need() throws IOException {
        try (TimeMicroVector times = new TimeMicroVector("", allocator);
                TimeStampMicroVector micros = new TimeStampMicroVector("", allocator);
                TimeStampMicroTZVector zoned = new TimeStampMicroTZVector("", allocator, "UTC");
                TimeStampSecVector seconds = new TimeStampSecVector("", allocator);
                TimeStampMilliVector millis = new TimeStampMilliVector("", allocator);
                TimeStampNanoVector nanos = new TimeStampNanoVector("", allocator)) {
            times.setSafe(0, 86_399_999_999L);
            times.setSafe(1, 0);
            times.setSafe(2, 86_400_000_000L);
            micros.setSafe(0, 1_577_934_245_000_000L);
            micros.setSafe(1, -1);
            micros.setSafe(2, Long.MAX_VALUE);
            micros.setSafe(3, -62_135_596_800_000_001L);
            zoned.setSafe(0, 1_577_934_245_120_000L);
            seconds.setSafe(0, 1_577_934_245L);
            millis.setSafe(0, -1);
            nanos.setSafe(0, 1);

            assertThat(json(times, 3)).isEqualTo("[[\"23:59:59.999999\"],[\"00:00:00\"],[\"24:00:00\"]]");
            assertThat(json(micros, 4))
                    .isEqualTo("[[\"2020-01-02T03:04:05Z\"],[\"1969-12-31T23:59:59.999999Z\"],[\"infinity\"],"
                            + "[\"0001-12-31 (BC) 23:59:59.999999\"]]");
            assertThat(json(zoned, 1)).isEqualTo("[[\"2020-01-02T03:04:05.12Z\"]]");
            assertThat(json(seconds, 1)).isEqualTo("[[\"2020-01-02T03:04:05Z\"]]");
            assertThat(json(millis, 1)).isEqualTo("[[\"1969-12-31T23:59:59.999Z\"]]");
            assertThat(json(nanos, 1)).isEqualTo("[[\"1970-01-01T00:00:00.000000001Z\"]]");
        }
    }

    @Test
    void intervals_are_as_the_engine_writes_them() throws IOException {
        try (IntervalMonthDayNanoVector intervals = new IntervalMonthDayNanoVector(
                "",
                FieldType.nullable(new ArrowType.Interval(org.apache.arrow.vector.types.IntervalUnit.MONTH_DAY_NANO)),
                allocator)) {
            intervals.setSafe(0, 14, 3, 14_706_500_000_000L);
            intervals.setSafe(1, 0, 0, 0);
            intervals.setSafe(2, -1, -1, -1_000_000_000L);
            intervals.setSafe(3, 24, 0, 0);

            assertThat(json(intervals, 4))
                    .isEqualTo("[[\"1 year 2 months 3 days 04:05:06.5\"],[\"00:00:00\"],"
                            + "[\"-1 month -1 day -00:00:01\"],[\"2 years\"]]");
        }
    }

    @Test
    void a_grid_shows_people_the_same_values_each_row_on_a_line() throws IOException {
        try (VarCharVector texts = new VarCharVector("", allocator)) {
            texts.setSafe(0, "one\ntwo\r, three".getBytes(StandardCharsets.UTF_8));
            texts.setNull(1);
            texts.setValueCount(2);
            TextGrid grid = TextGrid.rows(List.of("a", "b"));
            try (JsonGenerator json = new JsonFactory().createGenerator(OutputStream.nullOutputStream())) {
                json.writeStartArray();
                new RowWriter(json, grid).write(new VectorSchemaRoot(List.of(texts, texts)));
            }
            assertThat(grid.text()).isEqualTo("a, b\none\\ntwo\\r, three, one\\ntwo\\r, three\nNULL, NULL\n(2 rows)");
        }
    }

    @Test
    void properties_are_a_line_each_and_headings_have_no_value() throws IOException {
        try (VarCharVector names = new VarCharVector("", allocator);
                VarCharVector values = new VarCharVector("", allocator)) {
            names.setSafe(0, "Server".getBytes(StandardCharsets.UTF_8));
            values.setSafe(0, "Skyport".getBytes(StandardCharsets.UTF_8));
            names.setSafe(1, "Columns:".getBytes(StandardCharsets.UTF_8));
            values.setNull(1);
            names.setValueCount(2);
            values.setValueCount(2);
            TextGrid lines = TextGrid.properties();
            try (JsonGenerator json = new JsonFactory().createGenerator(OutputStream.nullOutputStream())) {
                json.writeStartArray();
                new RowWriter(json, lines).write(new VectorSchemaRoot(List.of(names, values)));
            }
            assertThat(lines.text()).isEqualTo("Server: Skyport\nColumns:");
        }
    }

    /** Numbers, texts, decimals, dates and timestamps: 500,000 values. */
    @Test
    void no_object_is_made_for_a_value() throws IOException {
        int rows = 100_000;
        try (BigIntVector numbers = new BigIntVector("", allocator);
                VarCharVector texts = new VarCharVector("", allocator);
                DecimalVector decimals = new DecimalVector("", allocator, 18, 2);
                DateDayVector dates = new DateDayVector("", allocator);
                TimeStampMicroVector timestamps = new TimeStampMicroVector("", allocator)) {
            for (int i = 0; i < rows; i++) {
                numbers.setSafe(i, i);
                texts.setSafe(i, ("text " + i).getBytes(StandardCharsets.UTF_8));
                decimals.setSafe(i, i);
                dates.setSafe(i, i);
                timestamps.setSafe(i, i * 1_000_001L);
            }
            List<FieldVector> vectors = List.of(numbers, texts, decimals, dates, timestamps);
            vectors.forEach(vector -> vector.setValueCount(rows));
            write(vectors);

            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            write(vectors);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("bytes for 500,000 values").isLessThan(rows);
        }
    }

    private static void write(List<FieldVector> vectors) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(OutputStream.nullOutputStream())) {
            json.writeStartArray();
            new RowWriter(json, null).write(new VectorSchemaRoot(vectors));
            json.writeEndArray();
        }
    }

    private static String json(FieldVector vector, int rows) throws IOException {
        vector.setValueCount(rows);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartArray();
            new RowWriter(json, null).write(new VectorSchemaRoot(List.of(vector)));
            json.writeEndArray();
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.arrow.vector.PeriodDuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest extends EngineTestBase {

    private static final BigInteger INT128 = BigInteger.TWO.pow(127);
    private static final BigInteger UINT128 = BigInteger.TWO.pow(128);

    static Stream<Arguments> values() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", null);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("a \"b\"", 1);
        fields.put("c", List.of("x"));
        return Stream.of(
                Arguments.of("BOOLEAN", true, "true"),
                Arguments.of("TINYINT", (byte) -128, "-128"),
                Arguments.of("SMALLINT", (short) -2, "-2"),
                Arguments.of("INTEGER", Integer.MIN_VALUE, "-2147483648"),
                Arguments.of("BIGINT", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("UBIGINT", new BigInteger("18446744073709551615"), "18446744073709551615"),
                Arguments.of("HUGEINT", INT128.subtract(BigInteger.ONE), "170141183460469231731687303715884105727"),
                Arguments.of("HUGEINT", INT128.negate(), "-170141183460469231731687303715884105728"),
                Arguments.of("UHUGEINT", UINT128.subtract(BigInteger.ONE), "340282366920938463463374607431768211455"),
                Arguments.of("DECIMAL(3,2)", new BigDecimal("1.50"), "1.50"),
                Arguments.of("DECIMAL(38,0)", BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE), "9".repeat(38)),
                Arguments.of("DECIMAL(38,38)", new BigDecimal("1E-38"), "." + "0".repeat(37) + "1"),
                Arguments.of("DECIMAL(20,0)", new BigDecimal("1E+10"), "10000000000"),
                Arguments.of("DECIMAL(3,2)", new BigDecimal("-0.05"), "-0.05"),
                Arguments.of("DECIMAL(10,1)", new BigDecimal("1.5" + "0".repeat(50)), "1.5"),
                Arguments.of("FLOAT", 0.1f, "0.1"),
                Arguments.of("DOUBLE", 0.1d, "0.1"),
                Arguments.of("DOUBLE", Double.NaN, "nan"),
                Arguments.of("DOUBLE", Double.NEGATIVE_INFINITY, "-inf"),
                Arguments.of("VARCHAR", "é😀\0x", "é😀\0x"),
                Arguments.of("VARCHAR", "", ""),
                Arguments.of("BLOB", new byte[] {0, 'a', -1}, "\\x00a\\xFF"),
                Arguments.of("DATE", LocalDate.of(2020, 2, 29), "2020-02-29"),
                Arguments.of("DATE", LocalDate.of(1582, 10, 10), "1582-10-10"),
                Arguments.of("DATE", LocalDate.of(1, 1, 1), "0001-01-01"),
                Arguments.of("DATE", LocalDate.of(-5, 3, 1), "0006-03-01 (BC)"),
                Arguments.of("TIME", LocalTime.of(10, 11, 12, 123_456_000), "10:11:12.123456"),
                Arguments.of("TIME", LocalTime.MAX, "23:59:59.999999"),
                Arguments.of(
                        "TIMETZ", OffsetTime.of(10, 11, 12, 123_456_000, ZoneOffset.ofHours(2)), "10:11:12.123456+02"),
                Arguments.of("TIMESTAMP", LocalDateTime.of(1500, 1, 1, 0, 0), "1500-01-01 00:00:00"),
                Arguments.of(
                        "TIMESTAMP",
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                        "1969-12-31 23:59:59.999999"),
                Arguments.of(
                        "TIMESTAMP_NS",
                        LocalDateTime.of(2020, 1, 2, 3, 4, 5, 123_456_789),
                        "2020-01-02 03:04:05.123456789"),
                Arguments.of(
                        "TIMESTAMP", LocalDateTime.of(2020, 1, 2, 3, 4, 5, 123_456_789), "2020-01-02 03:04:05.123456"),
                Arguments.of(
                        "TIMESTAMPTZ",
                        OffsetDateTime.of(2020, 1, 2, 3, 4, 5, 6_000, ZoneOffset.ofHours(2)),
                        "2020-01-02 01:04:05.000006+00"),
                Arguments.of(
                        "TIMESTAMPTZ",
                        OffsetDateTime.of(1500, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                        "1500-01-01 00:00:00+00"),
                Arguments.of("TIMESTAMPTZ", Instant.ofEpochSecond(-1, 999_999_000), "1969-12-31 23:59:59.999999+00"),
                Arguments.of(
                        "UUID",
                        UUID.fromString("f0000000-0000-0000-8000-000000000001"),
                        "f0000000-0000-0000-8000-000000000001"),
                Arguments.of("INTERVAL", Period.of(1, 2, 3), "1 year 2 months 3 days"),
                Arguments.of("INTERVAL", Duration.ofSeconds(-1, 5_000), "-00:00:00.999995"),
                Arguments.of(
                        "INTERVAL",
                        new PeriodDuration(Period.ofMonths(-14), Duration.ofHours(30)),
                        "-1 year -2 months 30:00:00"),
                Arguments.of("INTEGER[]", Arrays.asList(1, null, 3), "[1, NULL, 3]"),
                Arguments.of("INTEGER[]", List.of(), "[]"),
                Arguments.of("INTEGER[][]", List.of(List.of(1), List.of(2, 3)), "[[1], [2, 3]]"),
                Arguments.of("BIGINT[]", List.of(1, 2L), "[1, 2]"),
                Arguments.of(
                        "DECIMAL(5,2)[]", List.of(new BigDecimal("1.5"), new BigDecimal("100.25")), "[1.50, 100.25]"),
                Arguments.of("VARCHAR[]", List.of("a", 1), "[a, 1]"),
                Arguments.of("DATE[]", List.of(LocalDate.of(2020, 1, 1)), "[2020-01-01]"),
                Arguments.of("MAP(VARCHAR, INTEGER)", map, "{z=1, a=NULL}"),
                Arguments.of("MAP(INTEGER, VARCHAR[])", Map.of(1, List.of("x")), "{1=[x]}"),
                Arguments.of(
                        "STRUCT(\"a \"\"b\"\"\" INTEGER, c VARCHAR[])",
                        new StructValue(fields),
                        "{'a \"b\"': 1, 'c': [x]}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("values")
    void a_value_arrives_exactly(String type, Object value, String expected) {
        assertThat(value("SELECT CAST(CAST($1 AS " + type + ") AS VARCHAR)", value))
                .isEqualTo(expected);
        update("CREATE TABLE \"default\".main.t (v " + type + ")");
        update("INSERT INTO \"default\".main.t VALUES ($1)", value);
        assertThat(value("SELECT CAST(v AS VARCHAR) FROM \"default\".main.t")).isEqualTo(expected);
    }

    @Test
    void null_is_a_null_of_the_type_the_statement_wants() {
        assertThat(value("SELECT CAST($1 AS INTEGER) IS NULL", (Object) null)).isEqualTo(true);
    }

    @Test
    void values_out_of_every_range_are_refused_before_the_engine_sees_them() {
        assertThat(codeOf(() -> query("SELECT $1", UINT128))).isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertThat(codeOf(() -> query("SELECT $1", BigDecimal.TEN.pow(38))))
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertThat(codeOf(() -> query("SELECT $1", new BigDecimal("1E-39"))))
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertThat(codeOf(() -> query("SELECT $1", LocalDate.MAX))).isEqualTo(ErrorCode.DATETIME_FIELD_OVERFLOW);
        assertThat(codeOf(() -> query("SELECT $1", LocalDateTime.MAX))).isEqualTo(ErrorCode.DATETIME_FIELD_OVERFLOW);
        assertThat(codeOf(() -> query("SELECT $1", OffsetDateTime.MAX))).isEqualTo(ErrorCode.DATETIME_FIELD_OVERFLOW);
        assertThat(codeOf(() -> query("SELECT $1", "half \ud83d"))).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        assertThat(codeOf(() -> query("SELECT $1", new Object()))).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void too_few_and_too_many_values_are_refused() {
        assertThat(codeOf(() -> query("SELECT $1::INTEGER + $2::INTEGER", 1))).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        assertThat(codeOf(() -> query("SELECT $1", 1, 2))).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        assertThat(codeOf(
                        () -> query("SELECT 1", Collections.singletonList(null).toArray())))
                .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }
}

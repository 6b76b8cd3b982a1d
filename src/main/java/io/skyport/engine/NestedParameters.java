package io.skyport.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.user.DuckDBMap;
import org.duckdb.user.DuckDBUserArray;
import org.duckdb.user.DuckDBUserStruct;
import org.jspecify.annotations.Nullable;

/** Lists, maps and structs for the driver, which wants the SQL type of each named. */
final class NestedParameters {

    private static final String NULL_TYPE = "INTEGER";
    private static final String ANY_TYPE = "VARCHAR";
    private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT");
    private static final int MAX_DECIMAL_PRECISION = 38;

    private NestedParameters() {}

    static DuckDBUserArray list(List<?> list) {
        return new DuckDBUserArray(commonType(list), convert(list));
    }

    static DuckDBMap<?, ?> map(Map<?, ?> map) {
        Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
        map.forEach((key, value) -> converted.put(Parameters.duckdb(key), Parameters.duckdb(value)));
        return new OrderedMap(type(map), converted);
    }

    static DuckDBUserStruct struct(StructValue struct) {
        return new DuckDBUserStruct(type(struct), convert(struct.fields().values()));
    }

    private static @Nullable Object[] convert(Collection<?> values) {
        return values.stream().map(Parameters::duckdb).toArray();
    }

    /** The SQL type of a value as {@link Parameters} binds it. */
    private static String type(@Nullable Object value) {
        if (value == null) {
            return NULL_TYPE;
        }
        if (value instanceof List<?> list) {
            return commonType(list) + "[]";
        }
        if (value instanceof Map<?, ?> map) {
            return "MAP(" + commonType(map.keySet()) + ", " + commonType(map.values()) + ")";
        }
        if (value instanceof StructValue struct) {
            return struct.fields().entrySet().stream()
                    .map(field -> Sql.identifier(field.getKey()) + " " + type(field.getValue()))
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
        if (value instanceof BigDecimal decimal) {
            BigDecimal bound = Parameters.decimal(decimal);
            return "DECIMAL(" + Math.max(bound.precision(), bound.scale()) + "," + bound.scale() + ")";
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        return Map.<Class<?>, String>ofEntries(
                        Map.entry(Boolean.class, "BOOLEAN"),
                        Map.entry(Byte.class, "TINYINT"),
                        Map.entry(Short.class, "SMALLINT"),
                        Map.entry(Integer.class, "INTEGER"),
                        Map.entry(Long.class, "BIGINT"),
                        Map.entry(BigInteger.class, "HUGEINT"),
                        Map.entry(Float.class, "FLOAT"),
                        Map.entry(Double.class, "DOUBLE"),
                        Map.entry(byte[].class, "BLOB"),
                        Map.entry(UUID.class, "UUID"),
                        Map.entry(LocalDate.class, "DATE"),
                        Map.entry(LocalTime.class, "TIME"),
                        Map.entry(LocalDateTime.class, "TIMESTAMP"),
                        Map.entry(OffsetDateTime.class, "TIMESTAMPTZ"),
                        Map.entry(Instant.class, "TIMESTAMPTZ"))
                .getOrDefault(value.getClass(), ANY_TYPE);
    }

    /** The one type that holds all values: theirs if they agree, a wider number, or text. */
    private static String commonType(Collection<?> values) {
        List<@Nullable Object> present = new ArrayList<>(values);
        present.removeIf(Objects::isNull);
        if (!present.isEmpty() && present.stream().allMatch(BigDecimal.class::isInstance)) {
            return commonDecimal(present);
        }
        List<String> types =
                present.stream().map(NestedParameters::type).distinct().toList();
        if (types.isEmpty()) {
            return NULL_TYPE;
        }
        if (types.size() == 1) {
            return types.get(0);
        }
        return INTEGERS.containsAll(types)
                ? types.stream()
                        .max(java.util.Comparator.comparingInt(INTEGERS::indexOf))
                        .orElse(ANY_TYPE)
                : ANY_TYPE;
    }

    private static String commonDecimal(List<?> values) {
        int scale = 0;
        int integerDigits = 0;
        for (Object value : values) {
            BigDecimal bound = Parameters.decimal((BigDecimal) value);
            scale = Math.max(scale, bound.scale());
            integerDigits = Math.max(integerDigits, bound.precision() - bound.scale());
        }
        int precision = Math.max(1, integerDigits + scale);
        return precision > MAX_DECIMAL_PRECISION ? ANY_TYPE : "DECIMAL(" + precision + "," + scale + ")";
    }

    /** The driver's map forgets the order of its entries, which DuckDB's maps keep. */
    private static final class OrderedMap extends DuckDBMap<Object, @Nullable Object> {

        private static final long serialVersionUID = 1L;

        private final transient Map<Object, @Nullable Object> ordered;

        OrderedMap(String typeName, Map<Object, @Nullable Object> ordered) {
            super(typeName, ordered);
            this.ordered = ordered;
        }

        @Override
        public Set<Map.Entry<Object, @Nullable Object>> entrySet() {
            return ordered.entrySet();
        }
    }
}

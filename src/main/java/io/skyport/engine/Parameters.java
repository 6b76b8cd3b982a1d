package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
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
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.PeriodDuration;
import org.duckdb.DuckDBDate;
import org.duckdb.DuckDBTimestamp;
import org.duckdb.DuckDBTimestampTZ;
import org.jspecify.annotations.Nullable;

/**
 * Binds Java values to a prepared statement exactly.
 *
 * <p>The driver alone would take 39-digit decimals for NULL, move dates before 1583, wrap dates out of range, replace
 * broken surrogates by question marks and refuse lists, maps, intervals and times with an offset. What DuckDB's
 * parameters have no type for (intervals, times with an offset, unsigned 128-bit integers, nanoseconds) is bound as
 * text that DuckDB converts exactly where the statement wants that type.
 */
final class Parameters {

    private static final int MAX_DECIMAL_PRECISION = 38;
    private static final int INT128_BITS = 127;
    private static final int UINT128_BITS = 128;
    /** DuckDB keeps the two outermost days for the infinities. */
    private static final long MAX_DAYS = Integer.MAX_VALUE - 1;

    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS");
    private static final DateTimeFormatter OFFSET_TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSxxxxx");
    private static final LocalDateTime MIN_NANOS = LocalDateTime.of(1677, 9, 22, 0, 0);
    private static final LocalDateTime MAX_NANOS = LocalDateTime.of(2262, 4, 11, 0, 0);

    private Parameters() {}

    /** The value as the driver takes it. */
    static @Nullable Object duckdb(@Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Float
                || value instanceof Double
                || value instanceof UUID
                || value instanceof byte[]
                || value instanceof LocalTime) {
            return value;
        }
        if (value instanceof String text) {
            return Sql.requireWellFormed(text);
        }
        if (value instanceof BigInteger integer) {
            return integer(integer);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (value instanceof List<?> list) {
            return NestedParameters.list(list);
        }
        if (value instanceof Collection<?> collection) {
            return NestedParameters.list(List.copyOf(collection));
        }
        if (value instanceof Map<?, ?> map) {
            return NestedParameters.map(map);
        }
        if (value instanceof StructValue struct) {
            return NestedParameters.struct(struct);
        }
        return temporal(value);
    }

    private static Object integer(BigInteger value) {
        if (value.bitLength() <= INT128_BITS) {
            return value;
        }
        if (value.signum() > 0 && value.bitLength() <= UINT128_BITS) {
            return value.toString();
        }
        throw new SkyportException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range: " + value);
    }

    static BigDecimal decimal(BigDecimal value) {
        if (fits(value)) {
            return value.scale() < 0 ? value.setScale(0) : value;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (fits(stripped)) {
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }
        throw new SkyportException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "decimal has more than " + MAX_DECIMAL_PRECISION + " digits: " + value);
    }

    private static boolean fits(BigDecimal value) {
        long integerDigits = (long) value.precision() - value.scale();
        return Math.max(integerDigits, 0) + Math.max(value.scale(), 0) <= MAX_DECIMAL_PRECISION;
    }

    private static Object temporal(Object value) {
        if (value instanceof LocalDate date) {
            return date(date);
        }
        if (value instanceof LocalDateTime timestamp) {
            return timestamp(timestamp);
        }
        if (value instanceof OffsetDateTime instant) {
            return new DuckDBTimestampTZ(micros(instant.toEpochSecond(), instant.getNano(), value));
        }
        if (value instanceof Instant instant) {
            return new DuckDBTimestampTZ(micros(instant.getEpochSecond(), instant.getNano(), value));
        }
        if (value instanceof OffsetTime time) {
            return OFFSET_TIME.format(time);
        }
        if (value instanceof Period period) {
            return interval(period, Duration.ZERO);
        }
        if (value instanceof Duration duration) {
            return interval(Period.ZERO, duration);
        }
        if (value instanceof PeriodDuration pair) {
            return interval(pair.getPeriod(), pair.getDuration());
        }
        throw new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "no SQL type for parameters of " + value.getClass().getName());
    }

    private static DuckDBDate date(LocalDate date) {
        if (Math.abs(date.toEpochDay()) > MAX_DAYS) {
            throw overflow(date);
        }
        return new ExactDate(date.toEpochDay());
    }

    private static Object timestamp(LocalDateTime value) {
        if (value.getNano() % 1_000 != 0 && value.isAfter(MIN_NANOS) && value.isBefore(MAX_NANOS)) {
            return NANOS.format(value);
        }
        return new DuckDBTimestamp(micros(value.toEpochSecond(ZoneOffset.UTC), value.getNano(), value));
    }

    private static long micros(long seconds, int nanos, Object value) {
        try {
            return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), nanos / 1_000);
        } catch (ArithmeticException e) {
            throw overflow(value);
        }
    }

    private static String interval(Period period, Duration duration) {
        try {
            long micros =
                    Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
            return period.toTotalMonths() + " months " + period.getDays() + " days " + micros + " microseconds";
        } catch (ArithmeticException e) {
            throw overflow(duration);
        }
    }

    private static SkyportException overflow(Object value) {
        return new SkyportException(ErrorCode.DATETIME_FIELD_OVERFLOW, "value out of range: " + value);
    }

    /** A date by its day number: the driver's own way leads over the Julian calendar and loses the era. */
    private static final class ExactDate extends DuckDBDate {

        private final long days;

        ExactDate(long days) {
            super(new java.sql.Date(0));
            this.days = days;
        }

        @Override
        public long getDaysSinceEpoch() {
            return days;
        }
    }
}

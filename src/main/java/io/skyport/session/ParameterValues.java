package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementParameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a bound value to its parameter's type where the client sent another of the same family, so that the engine does
 * not plan for, say, BIGINT where an INTEGER column is compared. Other pairs are left to the engine's own casts.
 */
final class ParameterValues {

    private ParameterValues() {}

    /** A row of values, one for each parameter. */
    static List<@Nullable Object> fit(List<? extends @Nullable Object> values, List<StatementParameter> parameters) {
        if (parameters.size() != values.size()) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "The statement has " + parameters.size() + " parameters, and " + values.size() + " were given");
        }
        List<@Nullable Object> fitted = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            fitted.add(fit(values.get(i), parameters.get(i)));
        }
        return fitted;
    }

    static @Nullable Object fit(@Nullable Object value, StatementParameter parameter) {
        if (!(value instanceof Number number)) {
            return value;
        }
        return switch (parameter.type().baseName()) {
            case "TINYINT" ->
                integral(number, parameter, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValueExact();
            case "SMALLINT" ->
                integral(number, parameter, Short.MIN_VALUE, Short.MAX_VALUE).shortValueExact();
            case "INTEGER" ->
                integral(number, parameter, Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .intValueExact();
            case "BIGINT" ->
                integral(number, parameter, Long.MIN_VALUE, Long.MAX_VALUE).longValueExact();
            case "DOUBLE" -> number.doubleValue();
            default -> value;
        };
    }

    private static BigInteger integral(Number number, StatementParameter parameter, long min, long max) {
        BigInteger integer = number instanceof BigInteger big ? big : rounded(number, parameter);
        if (integer.compareTo(BigInteger.valueOf(min)) < 0 || integer.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new SkyportException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "The value " + number + " of parameter $" + parameter.index() + " is out of the range of "
                            + parameter.type().name());
        }
        return integer;
    }

    private static BigInteger rounded(Number number, StatementParameter parameter) {
        if (number instanceof BigDecimal decimal) {
            return exact(decimal, parameter);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw unfit(number, parameter);
            }
            return exact(BigDecimal.valueOf(value), parameter);
        }
        return BigInteger.valueOf(number.longValue());
    }

    private static BigInteger exact(BigDecimal value, StatementParameter parameter) {
        try {
            return value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw unfit(value, parameter);
        }
    }

    private static SkyportException unfit(Number value, StatementParameter parameter) {
        return new SkyportException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The value " + value + " of parameter $" + parameter.index() + " is not "
                        + parameter.type().name());
    }
}

package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.text.SqlText;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What CREATE SEQUENCE and ALTER SEQUENCE say, each thing at most once. Filled by the grammar. */
public final class SequenceOptions {

    private static final BigInteger MIN_BIGINT = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_BIGINT = BigInteger.valueOf(Long.MAX_VALUE);

    private enum Option {
        TYPE("AS"),
        START("START"),
        INCREMENT("INCREMENT"),
        MINIMUM("MINVALUE"),
        MAXIMUM("MAXVALUE"),
        CYCLE("CYCLE"),
        CACHE("CACHE"),
        OWNER("OWNED BY"),
        RESTART("RESTART");

        private final String words;

        Option(String words) {
            this.words = words;
        }
    }

    private final Map<Option, SqlParserPos> said = new EnumMap<>(Option.class);
    private final Map<Option, BigInteger> numbers = new EnumMap<>(Option.class);
    private @Nullable SqlDataTypeSpec type;
    private @Nullable SqlIdentifier owner;
    private @Nullable SqlParserPos repeated;
    private boolean cycle;

    public void type(SqlDataTypeSpec stated, SqlParserPos pos) {
        type = stated;
        say(Option.TYPE, null, pos);
    }

    public void start(BigInteger number, SqlParserPos pos) {
        say(Option.START, number, pos);
    }

    public void increment(BigInteger number, SqlParserPos pos) {
        say(Option.INCREMENT, number, pos);
    }

    public void minimum(@Nullable BigInteger number, SqlParserPos pos) {
        say(Option.MINIMUM, number, pos);
    }

    public void maximum(@Nullable BigInteger number, SqlParserPos pos) {
        say(Option.MAXIMUM, number, pos);
    }

    public void cycle(boolean stated, SqlParserPos pos) {
        cycle = stated;
        say(Option.CYCLE, null, pos);
    }

    /** Has no meaning for the engine's sequences, which skip nothing. */
    public void cache(BigInteger number, SqlParserPos pos) {
        say(Option.CACHE, number, pos);
    }

    public void owner(@Nullable SqlIdentifier stated, SqlParserPos pos) {
        owner = stated;
        say(Option.OWNER, null, pos);
    }

    public void restart(@Nullable BigInteger number, SqlParserPos pos) {
        say(Option.RESTART, number, pos);
    }

    private void say(Option option, @Nullable BigInteger number, SqlParserPos pos) {
        // A second one is found by its position, when the statement is compiled: the grammar must not fail here.
        if (said.putIfAbsent(option, pos) != null) {
            repeated = pos;
        }
        if (number != null) {
            numbers.put(option, number);
        }
    }

    @Nullable
    SqlIdentifier owner() {
        return owner;
    }

    /** Whether OWNED BY is all it says. */
    boolean isOwnerOnly() {
        return said.keySet().equals(Set.of(Option.OWNER));
    }

    /**
     * What the engine's CREATE SEQUENCE says behind the name.
     *
     * @throws SkyportException 42601, 22023 or 22003 with the position of what does not fit
     */
    String engineText() {
        if (repeated != null) {
            throw error(ErrorCode.SYNTAX_ERROR, "an option of a sequence is given once", repeated);
        }
        if (said.containsKey(Option.RESTART)) {
            throw error(ErrorCode.SYNTAX_ERROR, "RESTART belongs to ALTER SEQUENCE", at(Option.RESTART));
        }
        BigInteger increment = numbers.getOrDefault(Option.INCREMENT, BigInteger.ONE);
        if (increment.signum() == 0) {
            throw error(ErrorCode.INVALID_PARAMETER_VALUE, "INCREMENT must not be zero", at(Option.INCREMENT));
        }
        boolean up = increment.signum() > 0;
        BigInteger lowest = limit(false);
        BigInteger highest = limit(true);
        BigInteger minimum = bound(Option.MINIMUM, up ? BigInteger.ONE : lowest, lowest, highest);
        BigInteger maximum = bound(Option.MAXIMUM, up ? highest : BigInteger.ONE.negate(), lowest, highest);
        if (minimum.compareTo(maximum) > 0) {
            Option blamed = said.containsKey(Option.MAXIMUM) ? Option.MAXIMUM : Option.MINIMUM;
            throw error(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "MINVALUE " + minimum + " is greater than MAXVALUE " + maximum,
                    at(blamed));
        }
        BigInteger start = bound(Option.START, up ? minimum : maximum, minimum, maximum);
        requireRange(Option.INCREMENT, increment, MIN_BIGINT, MAX_BIGINT);
        return " START WITH " + start + " INCREMENT BY " + increment + " MINVALUE " + minimum + " MAXVALUE " + maximum
                + (cycle ? " CYCLE" : " NO CYCLE");
    }

    private BigInteger bound(Option option, BigInteger otherwise, BigInteger lowest, BigInteger highest) {
        BigInteger number = numbers.getOrDefault(option, otherwise);
        requireRange(option, number, lowest, highest);
        return number;
    }

    private void requireRange(Option option, BigInteger number, BigInteger lowest, BigInteger highest) {
        if (number.compareTo(lowest) < 0 || number.compareTo(highest) > 0) {
            throw error(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    option.words + " " + number + " is not between " + lowest + " and " + highest,
                    at(option));
        }
    }

    /** The type bounds the values; the engine's sequences are BIGINT. */
    private BigInteger limit(boolean highest) {
        String name = type == null ? "BIGINT" : EngineTypes.name(type).toUpperCase(Locale.ROOT);
        int bits = switch (name) {
            case "SMALLINT", "INT2", "SHORT" -> Short.SIZE;
            case "INTEGER", "INT", "INT4" -> Integer.SIZE;
            case "BIGINT", "INT8", "LONG" -> Long.SIZE;
            default ->
                throw error(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "a sequence is SMALLINT, INTEGER or BIGINT",
                        at(Option.TYPE));
        };
        BigInteger beyond = BigInteger.ONE.shiftLeft(bits - 1);
        return highest ? beyond.subtract(BigInteger.ONE) : beyond.negate();
    }

    private SqlParserPos at(Option option) {
        return said.getOrDefault(option, SqlParserPos.ZERO);
    }

    private static SkyportException error(ErrorCode code, String text, @Nullable SqlParserPos pos) {
        return new SkyportException(code, text, SqlText.position(Objects.requireNonNull(pos)), null);
    }
}

package io.skyport.session;

import io.skyport.sql.Isolation;
import io.skyport.sql.OptionNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens around a session's statements. Set by SET and by both protocols' options; holds for statements that begin
 * after it.
 *
 * @param autoCommit whether every statement commits by itself; if not, the next one opens a transaction
 * @param isolation of transactions that ask for none, and of statements that commit by themselves
 * @param readOnly whether transactions that do not say, and statements that commit by themselves, may not write
 * @param queryTimeout how long a statement may take, with all its rows; zero for as long as it likes
 * @param fetchSize rows that a cursor gives at a time; 0 for the server's choice
 * @param maxEndpoints parts in which a large result may come; results are stored if it is more than 1
 */
public record SessionOptions(
        boolean autoCommit,
        Isolation isolation,
        boolean readOnly,
        Duration queryTimeout,
        long fetchSize,
        int maxEndpoints) {

    /** What a new session has. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(true, Isolation.READ_COMMITTED, false, Duration.ZERO, 0, 1);

    private static final int MILLI_DIGITS = 3;

    /** Whether this is the name of one of them. */
    static boolean has(String name) {
        return DEFAULT.texts().containsKey(name);
    }

    /** The same with one of them set to a value in the text that SET made of it; null for what a new session has. */
    SessionOptions with(String name, @Nullable String value) {
        String text = value == null ? DEFAULT.texts().getOrDefault(name, "") : value;
        return switch (name) {
            case OptionNames.AUTO_COMMIT ->
                new SessionOptions(
                        Boolean.parseBoolean(text), isolation, readOnly, queryTimeout, fetchSize, maxEndpoints);
            case OptionNames.ISOLATION_LEVEL ->
                new SessionOptions(autoCommit, isolation(text), readOnly, queryTimeout, fetchSize, maxEndpoints);
            case OptionNames.READ_ONLY ->
                new SessionOptions(
                        autoCommit, isolation, Boolean.parseBoolean(text), queryTimeout, fetchSize, maxEndpoints);
            case OptionNames.QUERY_TIMEOUT ->
                new SessionOptions(autoCommit, isolation, readOnly, seconds(text), fetchSize, maxEndpoints);
            case OptionNames.FETCH_SIZE ->
                new SessionOptions(autoCommit, isolation, readOnly, queryTimeout, Long.parseLong(text), maxEndpoints);
            case OptionNames.MAX_ENDPOINTS ->
                new SessionOptions(autoCommit, isolation, readOnly, queryTimeout, fetchSize, Integer.parseInt(text));
            default -> throw new IllegalArgumentException("Not an option: " + name);
        };
    }

    private static Isolation isolation(String text) {
        return Isolation.valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(
                new BigDecimal(text).movePointRight(MILLI_DIGITS).longValueExact());
    }

    /** All, by name, as SHOW shows them. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(OptionNames.AUTO_COMMIT, String.valueOf(autoCommit));
        texts.put(OptionNames.ISOLATION_LEVEL, isolation.sql());
        texts.put(OptionNames.READ_ONLY, String.valueOf(readOnly));
        texts.put(OptionNames.QUERY_TIMEOUT, seconds().toPlainString());
        texts.put(OptionNames.FETCH_SIZE, String.valueOf(fetchSize));
        texts.put(OptionNames.MAX_ENDPOINTS, String.valueOf(maxEndpoints));
        return texts;
    }

    /** {@link #queryTimeout()} in seconds, without digits that it does not need. */
    BigDecimal seconds() {
        return new BigDecimal(seconds(queryTimeout));
    }

    /** A time in seconds, as SHOW shows it. */
    static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), MILLI_DIGITS).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0).toPlainString() : seconds.toPlainString();
    }

    /** What BEGIN opens that says nothing else. */
    TransactionMode mode() {
        return new TransactionMode(isolation, readOnly);
    }
}

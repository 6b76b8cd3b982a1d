package io.skyport.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the engine's failures into {@link SkyportException}s with SQLSTATE, text and position.
 *
 * <p>DuckDB gives no SQLSTATE. With {@code errors_as_json} its messages hold a JSON object, sometimes behind a prefix;
 * a few errors (of the driver, of internal assertions) stay plain text: {@code <Kind> Error: <text>}.
 */
final class EngineErrors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_START = "{\"exception_type\"";
    private static final Pattern PLAIN = Pattern.compile("(?s)^(?:.*message=)?([A-Z][A-Za-z ]{2,40}?) Error: (.*)$");
    /** Possessive, as it would recurse for each character of a long text otherwise. */
    private static final Pattern CUT_JSON = Pattern.compile(
            "\\{\"exception_type\":\"([^\"]*)\",\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*+)", Pattern.DOTALL);
    /** What the engine adds to its texts: excerpts of its own SQL, stack traces, advice on settings clients cannot change. */
    private static final Pattern NOISE = Pattern.compile(
            "(?s)(\\s*\\n\\n?LINE \\d+:.*|\\s*\\n+Stack Trace:.*|\\s*\\nThis error signals an assertion.*"
                    + "|\\s*\\n+Possible solutions:.*|\\s*\\nThis limit was set by.*|\\s*\\n+Use \"SET .*"
                    + "|\\. See also https?://\\S+|\\. If this is an unexpected constraint violation, .*)$");

    /** What a text is about: the name behind the word for its kind, else the first one in quotes. */
    private static final Pattern NAMED = Pattern.compile("(?:[Cc]olumn|with name) \"?([^\\s\"!:.,]+)\"?");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static final String COMMITTED = "Transaction COMMIT succeeded and is durable";
    private static final String CLASS_42 = "42";

    /** What a function of ours threw, as the driver tells it: with its class and its stack. */
    private static final Pattern THROWN =
            Pattern.compile("(?:java\\.[\\w.]+Exception): ([^\\n]*)\\n\\s+at .*", Pattern.DOTALL);

    private EngineErrors() {}

    /** Whether the statement was committed, and only the checkpoint failed that the engine began after it. */
    static boolean tellsCommit(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(COMMITTED);
    }

    /** What the engine reported, before it is mapped. */
    record Report(String type, String message, int offset, boolean offsetInBytes) {}

    /**
     * @param failure what the driver threw
     * @param sql the engine SQL that failed; positions refer to it
     */
    static SkyportException of(Throwable failure, @Nullable String sql) {
        if (failure instanceof SkyportException known) {
            return known;
        }
        Report report = report(failure);
        ErrorCode code = EngineErrorCodes.of(report);
        SqlPosition told = position(report, sql);
        return new SkyportException(
                code, report.message(), told == null ? positionOfName(code, report.message(), sql) : told, failure);
    }

    /** DDL fails without a position, but names what is wrong: it is there if that name is in the statement once. */
    private static @Nullable SqlPosition positionOfName(ErrorCode code, String message, @Nullable String sql) {
        Matcher named = NAMED.matcher(message);
        Matcher quotedName = QUOTED.matcher(message);
        boolean found = named.find();
        if (sql == null || !code.sqlState().startsWith(CLASS_42) || !found && !quotedName.find()) {
            return null;
        }
        String quoted = Sql.identifier(found ? named.group(1) : quotedName.group(1));
        int at = sql.indexOf(quoted);
        return at < 0 || at != sql.lastIndexOf(quoted) ? null : SqlPosition.ofOffset(sql, at);
    }

    private static Report report(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        int start = text.indexOf(JSON_START);
        if (start < 0) {
            return plain(text);
        }
        try {
            JsonNode json = JSON.readTree(text.substring(start));
            String type = json.path("exception_type").asText();
            return new Report(
                    type,
                    clean(json.path("exception_message").asText()),
                    json.path("position").asInt(-1),
                    !type.equals("Parser") || json.has("location"));
        } catch (JsonProcessingException notJson) {
            return cut(text);
        }
    }

    /** The driver loses the end of a message that has characters beyond Unicode's first plane. */
    private static Report cut(String text) {
        Matcher matcher = CUT_JSON.matcher(text);
        if (!matcher.find()) {
            return plain(text);
        }
        try {
            String message = JSON.readValue('"' + matcher.group(2) + '"', String.class);
            return new Report(matcher.group(1), clean(message), -1, true);
        } catch (JsonProcessingException notJson) {
            return plain(text);
        }
    }

    private static Report plain(String text) {
        Matcher matcher = PLAIN.matcher(text);
        return matcher.matches()
                ? new Report(matcher.group(1), clean(matcher.group(2)), -1, true)
                : new Report("", clean(text), -1, true);
    }

    private static String clean(String text) {
        Matcher thrown = THROWN.matcher(text);
        return NOISE.matcher(thrown.matches() ? thrown.group(1) : text)
                .replaceFirst("")
                .strip();
    }

    /** The parser of DuckDB 1.5 counts code points; everything else, and DuckDB 2.0, counts bytes of UTF-8. */
    private static @Nullable SqlPosition position(Report report, @Nullable String sql) {
        if (report.offset() < 0 || sql == null) {
            return null;
        }
        PreparedText text = PreparedText.of(sql);
        String prepared = text.prepared();
        int offset = report.offsetInBytes()
                ? charOffset(prepared, report.offset())
                : prepared.offsetByCodePoints(
                        0, Math.min(report.offset(), prepared.codePointCount(0, prepared.length())));
        return SqlPosition.ofOffset(sql, text.original(offset));
    }

    private static int charOffset(String sql, int byteOffset) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, Math.min(byteOffset, bytes.length), StandardCharsets.UTF_8).length();
    }
}

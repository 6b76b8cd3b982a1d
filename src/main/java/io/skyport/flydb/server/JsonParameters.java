package io.skyport.flydb.server;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of parameters as JSON has them, made into what the engine binds for the parameters' types: the texts that results have
 * for dates, times, decimals and bytes are values of those types.
 */
final class JsonParameters {

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT);

    private JsonParameters() {}

    /** @throws SkyportException 07001 if they are not as many, 22007 or 22P02 if one is no value of its parameter's type */
    static List<@Nullable Object> of(List<@Nullable Object> values, List<StatementParameter> parameters) {
        if (values.size() != parameters.size()) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "parameter count mismatch: expected " + parameters.size() + ", got " + values.size());
        }
        List<@Nullable Object> bound = new ArrayList<>(values.size());
        for (StatementParameter parameter : parameters) {
            bound.add(value(values.get(bound.size()), parameter));
        }
        return bound;
    }

    private static @Nullable Object value(@Nullable Object value, StatementParameter parameter) {
        String type = parameter.type().baseName();
        if (value instanceof Map
                || (value instanceof List && parameter.type().children().isEmpty())) {
            return json(value);
        }
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return switch (type) {
                case "DATE" -> LocalDate.parse(text);
                case "TIME" -> LocalTime.parse(text);
                case "TIMESTAMP" -> local(text);
                case "TIMESTAMP WITH TIME ZONE" -> instant(text);
                case "BLOB" -> Base64.getDecoder().decode(text);
                default -> text;
            };
        } catch (DateTimeException e) {
            // The engine knows more forms: years before 1, infinity.
            return text;
        } catch (IllegalArgumentException e) {
            throw new SkyportException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "the value of parameter $" + parameter.index() + " is no base64 text, as a BLOB must be",
                    e);
        }
    }

    /** An offset is taken off: the value is what the clock shows in UTC. */
    private static LocalDateTime local(String text) {
        return instant(text).toLocalDateTime();
    }

    private static OffsetDateTime instant(String text) {
        TemporalAccessor parsed = TIMESTAMP.parse(text);
        LocalDateTime shown = LocalDateTime.from(parsed);
        ZoneOffset offset = parsed.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
        return shown.atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static String json(Object value) {
        try {
            return new String(NestedText.of(value), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }
}

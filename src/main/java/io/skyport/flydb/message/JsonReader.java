package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds values of one payload, not more than there may be. */
final class JsonReader {

    /** Values in one payload, names included: what is built of them takes far more memory than their bytes. */
    static final int MAX_TOKENS = 200_000;

    /** Digits of a number that are kept exactly; one that has more is the next 64-bit floating-point number. */
    private static final int MAX_DIGITS = 38;

    private static final char REPLACEMENT = '\uFFFD';

    private final JsonParser json;
    private final MessageType type;
    private int tokens;

    JsonReader(JsonParser json, MessageType type) {
        this.json = json;
        this.type = type;
    }

    Map<String, @Nullable Object> fields() throws IOException {
        JsonToken first = next();
        Map<String, @Nullable Object> fields = new HashMap<>();
        if (first == JsonToken.START_OBJECT) {
            while (next() != JsonToken.END_OBJECT) {
                String name = json.currentName().toLowerCase(Locale.ROOT);
                fields.put(name, value(next()));
            }
        } else if (first != JsonToken.VALUE_NULL) {
            throw JsonFields.invalid(type, "it is no JSON object");
        }
        if (json.nextToken() != null) {
            throw JsonFields.invalid(type, "something follows the JSON object");
        }
        return fields;
    }

    private JsonToken next() throws IOException {
        if (++tokens > MAX_TOKENS) {
            throw JsonFields.invalid(type, "it has more than " + MAX_TOKENS + " values");
        }
        JsonToken token = json.nextToken();
        if (token == null) {
            throw JsonFields.invalid(type, "it is no JSON object");
        }
        return token;
    }

    private @Nullable Object value(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> wellFormed(json.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case START_ARRAY -> list();
            case START_OBJECT -> map();
            default -> throw JsonFields.invalid(type, "it is no JSON object");
        };
    }

    private Object integer() throws IOException {
        if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return json.getLongValue();
        }
        return json.getTextLength() > MAX_DIGITS + 1 ? finite(json.getDoubleValue()) : json.getBigIntegerValue();
    }

    private Object decimal() throws IOException {
        BigDecimal exact = exactly();
        boolean kept = exact.precision() <= MAX_DIGITS && exact.scale() >= 0 && exact.scale() <= MAX_DIGITS;
        return kept ? exact : finite(exact.doubleValue());
    }

    private BigDecimal exactly() throws IOException {
        try {
            return json.getDecimalValue();
        } catch (NumberFormatException e) {
            throw beyond();
        }
    }

    private Double finite(double value) {
        if (Double.isInfinite(value)) {
            throw beyond();
        }
        return value;
    }

    private SkyportException beyond() {
        return JsonFields.invalid(type, "it has a number that no type can hold");
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            values.add(value(token));
        }
        return values;
    }

    private Map<String, @Nullable Object> map() throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String name = wellFormed(json.currentName());
            values.put(name, value(next()));
        }
        return values;
    }

    /** JSON can escape halves of characters, which nothing could write again. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return replaced(text);
                }
                i++;
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder replaced = new StringBuilder(text.length());
        text.codePoints().forEach(c -> replaced.appendCodePoint(isHalf(c) ? REPLACEMENT : c));
        return replaced.toString();
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}

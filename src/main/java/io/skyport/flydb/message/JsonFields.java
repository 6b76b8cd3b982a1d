package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON payload. As with FlyDB's own server names are found in any case of letters, of several alike the last
 * one counts, unknown ones do not matter, and null stands for a field that is not there. No payload at all is an object
 * without fields.
 */
final class JsonFields {

    /** Values in one payload, names included: what is built of them takes far more memory than their bytes. */
    static final int MAX_TOKENS = 200_000;

    /** Digits of a number that are kept exactly; one that has more is the next 64-bit floating-point number. */
    private static final int MAX_DIGITS = 38;

    private static final char REPLACEMENT = '\uFFFD';

    private final MessageType type;
    private final Map<String, @Nullable Object> fields;

    private JsonFields(MessageType type, Map<String, @Nullable Object> fields) {
        this.type = type;
        this.fields = fields;
    }

    /** Reads all of the payload; 08P01 if it is no JSON object. */
    static JsonFields read(MessageType type, ByteBuf payload) {
        skipOwnLength(payload);
        if (!payload.isReadable()) {
            return new JsonFields(type, Map.of());
        }
        InputStream bytes = new ByteBufInputStream(payload);
        try (JsonParser json = Json.FACTORY.createParser(bytes)) {
            Reader reader = new Reader(json, type);
            Map<String, @Nullable Object> fields = reader.fields();
            return new JsonFields(type, fields);
        } catch (IOException e) {
            throw invalid(type, "it is no JSON object");
        }
    }

    /** Some read the guide so that a length stands before the JSON, whose first byte is never 0. */
    private static void skipOwnLength(ByteBuf payload) {
        int start = payload.readerIndex();
        int length = payload.readableBytes();
        if (length >= Integer.BYTES
                && payload.getByte(start) == 0
                && payload.getUnsignedInt(start) == length - Integer.BYTES) {
            payload.skipBytes(Integer.BYTES);
        }
    }

    static SkyportException invalid(MessageType type, String why) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "invalid " + type.title() + " message: " + why);
    }

    /** The field, or null if it is not there. */
    @Nullable
    Object value(String name) {
        return fields.get(name);
    }

    /** As {@link #value}, of a type. */
    private <T> @Nullable T of(Class<T> kind, String name, String what) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!kind.isInstance(value)) {
            throw invalid(type, "\"" + name + "\" must be " + what);
        }
        return kind.cast(value);
    }

    @Nullable
    String optionalText(String name) {
        return of(String.class, name, "a string");
    }

    /** Empty if it is not there. */
    String text(String name) {
        String value = optionalText(name);
        return value == null ? "" : value;
    }

    String requiredText(String name) {
        String value = optionalText(name);
        if (value == null) {
            throw invalid(type, "\"" + name + "\" is missing");
        }
        return value;
    }

    @Nullable
    Boolean optionalFlag(String name) {
        return of(Boolean.class, name, "true or false");
    }

    /** False if it is not there. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(optionalFlag(name));
    }

    boolean requiredFlag(String name) {
        Boolean value = optionalFlag(name);
        if (value == null) {
            throw invalid(type, "\"" + name + "\" is missing");
        }
        return value;
    }

    /** 0 if it is not there. */
    long whole(String name) {
        Long value = of(Long.class, name, "an integer");
        return value == null ? 0 : value;
    }

    /** 0 if it is not there. */
    int integer(String name) {
        return integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** 0 if it is not there. */
    int integer(String name, int least, int most) {
        long value = whole(name);
        if (value < least || value > most) {
            throw invalid(type, "\"" + name + "\" must be between " + least + " and " + most);
        }
        return (int) value;
    }

    @Nullable
    Integer optionalInteger(String name, int least, int most) {
        return value(name) == null ? null : Integer.valueOf(integer(name, least, most));
    }

    /** Empty if it is not there. */
    List<@Nullable Object> values(String name) {
        List<?> list = of(List.class, name, "an array");
        return list == null ? List.of() : new ArrayList<>(list);
    }

    /** Empty if it is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object value : values(name)) {
            if (!(value instanceof String text)) {
                throw invalid(type, "\"" + name + "\" must be an array of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The objects of an array; empty if it is not there. */
    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (Object value : values(name)) {
            if (!(value instanceof Map<?, ?> map)) {
                throw invalid(type, "\"" + name + "\" must be an array of objects");
            }
            Map<String, @Nullable Object> lower = new HashMap<>();
            map.forEach((key, field) -> lower.put(String.valueOf(key).toLowerCase(Locale.ROOT), field));
            objects.add(new JsonFields(type, lower));
        }
        return objects;
    }

    /** Builds values of one payload, not more than there may be. */
    private static final class Reader {

        private final JsonParser json;
        private final MessageType type;
        private int tokens;

        Reader(JsonParser json, MessageType type) {
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
                throw invalid(type, "it is no JSON object");
            }
            if (json.nextToken() != null) {
                throw invalid(type, "something follows the JSON object");
            }
            return fields;
        }

        private JsonToken next() throws IOException {
            if (++tokens > MAX_TOKENS) {
                throw invalid(type, "it has more than " + MAX_TOKENS + " values");
            }
            JsonToken token = json.nextToken();
            if (token == null) {
                throw invalid(type, "it is no JSON object");
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
                default -> throw invalid(type, "it is no JSON object");
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
            return invalid(type, "it has a number that no type can hold");
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
}

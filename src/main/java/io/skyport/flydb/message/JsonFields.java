package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
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
            return new JsonFields(type, new JsonReader(json, type).fields());
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
}

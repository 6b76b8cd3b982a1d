package io.skyport.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skyport.config.PropertiesRecords;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.util.unit.DataSize;

/** What the server accepts below {@code skyport}, as a JSON schema made of its properties records. */
final class ConfigSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigSchema() {}

    static ObjectNode skyport() {
        ObjectNode root = object();
        PropertiesRecords.all()
                .sorted(Comparator.comparing(PropertiesRecords::prefix))
                .forEach(type -> addTo(section(root, PropertiesRecords.prefix(type)), type));
        return (ObjectNode) root.at("/properties/skyport");
    }

    private static ObjectNode section(ObjectNode root, String prefix) {
        ObjectNode section = root;
        for (String name : List.of(prefix.split("\\."))) {
            ObjectNode properties = (ObjectNode) section.get("properties");
            if (!properties.has(name)) {
                properties.set(name, object());
            }
            section = (ObjectNode) properties.get(name);
        }
        return section;
    }

    private static void addTo(ObjectNode section, Class<?> type) {
        ObjectNode properties = (ObjectNode) section.get("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode schema = schema(component.getGenericType());
            Min min = component.getAccessor().getAnnotation(Min.class);
            Max max = component.getAccessor().getAnnotation(Max.class);
            if (min != null) {
                schema.put("minimum", min.value());
            }
            if (max != null) {
                schema.put("maximum", max.value());
            }
            properties.set(kebab(component.getName()), schema);
        }
    }

    private static ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType list
                && list.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            ObjectNode array = typed("array");
            array.set("items", schema(list.getActualTypeArguments()[0]));
            return array;
        }
        Class<?> known = (Class<?>) type;
        if (known.isRecord()) {
            ObjectNode object = object();
            addTo(object, known);
            return object;
        }
        if (known == boolean.class) {
            return typed("boolean");
        }
        if (known == int.class || known == long.class) {
            return typed("integer");
        }
        if (known.isEnum()) {
            ObjectNode choice = JSON.createObjectNode();
            ArrayNode names = choice.putArray("enum");
            for (Object constant : known.getEnumConstants()) {
                names.add(constant.toString().toLowerCase(Locale.ROOT));
            }
            return choice;
        }
        if (known == Duration.class) {
            return quantity("^([0-9]+(ns|us|ms|s|m|h|d)|P[0-9DTHMS.]+)$");
        }
        if (known == DataSize.class) {
            return quantity("^[0-9]+(B|KB|MB|GB|TB)$");
        }
        return typed("string");
    }

    /** A text with a unit, or 0. */
    private static ObjectNode quantity(String pattern) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("type").add("string").add("integer");
        return schema.put("pattern", pattern).put("maximum", 0);
    }

    static ObjectNode object() {
        ObjectNode object = typed("object").put("additionalProperties", false);
        object.putObject("properties");
        return object;
    }

    private static ObjectNode typed(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static String kebab(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}

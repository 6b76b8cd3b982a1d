package io.skyport.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document: {@code $.a.b[0]}, {@code a.b} or {@code $."a.b"}; {@code $} is all of it.
 *
 * @param steps keys of objects and, as {@link Integer}, indexes of arrays from 0
 */
record JsonPath(List<Object> steps) {

    private static final Pattern STEP = Pattern.compile("\\.?\"([^\"]*)\"|\\[(\\d{1,9})]|\\.?([^.\\[\\]\"]+)");

    /** @throws IllegalArgumentException if it is none */
    static JsonPath of(String text) {
        String path = text.startsWith("$") ? text.substring(1) : text;
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        while (step.lookingAt()) {
            steps.add(
                    step.group(2) != null
                            ? (Object) Integer.valueOf(step.group(2))
                            : step.group(1) != null ? step.group(1) : step.group(3));
            step.region(step.end(), path.length());
        }
        if (step.regionStart() < path.length()) {
            throw new IllegalArgumentException("JSON path error near '" + path.substring(step.regionStart()) + "'");
        }
        return new JsonPath(List.copyOf(steps));
    }

    @Nullable
    JsonNode get(JsonNode document) {
        JsonNode node = document;
        for (Object step : steps) {
            if (node != null) {
                node = step instanceof Integer index ? node.get(index) : node.get((String) step);
            }
        }
        return node;
    }

    /** The document with that value in that place, which is made if only objects, or the next element of an array, are missing. */
    JsonNode set(JsonNode document, JsonNode value) {
        return set(document.deepCopy(), 0, value);
    }

    private JsonNode set(@Nullable JsonNode node, int depth, JsonNode value) {
        if (depth == steps.size()) {
            return value;
        }
        Object step = steps.get(depth);
        if (step instanceof String key) {
            ObjectNode object = node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : object(node);
            if (object != null) {
                object.set(key, set(object.get(key), depth + 1, value));
                return object;
            }
        } else if (node instanceof ArrayNode array) {
            int index = (Integer) step;
            if (index < array.size()) {
                array.set(index, set(array.get(index), depth + 1, value));
            } else {
                array.add(set(null, depth + 1, value));
            }
            return array;
        }
        throw new IllegalArgumentException("JSON path error: there is no place for '" + step + "'");
    }

    private static @Nullable ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : null;
    }

    /** The document without that place, if it has it. */
    JsonNode remove(JsonNode document) {
        JsonNode copy = document.deepCopy();
        if (steps.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode parent = new JsonPath(steps.subList(0, steps.size() - 1)).get(copy);
        Object last = steps.get(steps.size() - 1);
        if (parent instanceof ObjectNode object && last instanceof String key) {
            object.remove(key);
        } else if (parent instanceof ArrayNode array && last instanceof Integer index) {
            array.remove(index);
        }
        return copy;
    }
}

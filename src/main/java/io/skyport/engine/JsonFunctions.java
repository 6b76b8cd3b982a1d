package io.skyport.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Functions over JSON that DuckDB does not have: FlyDB's that change a document, and PostgreSQL's tests of what is in one, whose {@code @>}
 * and {@code <@} stand beside those for lists. Documents are texts; a null argument gives null. A text that is no JSON is the engine's error
 * "Malformed JSON".
 */
final class JsonFunctions {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private JsonFunctions() {}

    private interface Change {
        JsonNode of(JsonNode document, List<String> others);
    }

    private interface Test {
        boolean of(JsonNode document, String other);
    }

    /** Makes them known to all connections of the instance. */
    static void register(DuckDBConnection root) throws SQLException {
        changing(
                root,
                "json_set",
                3,
                (document, others) -> JsonPath.of(others.get(0)).set(document, value(others.get(1))));
        changing(
                root,
                "json_remove",
                2,
                (document, others) -> JsonPath.of(others.get(0)).remove(document));
        changing(root, "json_array_append", 2, (document, others) -> appended(document, value(others.get(0))));
        changing(root, "json_array_append", 3, (document, others) -> {
            JsonPath path = JsonPath.of(others.get(0));
            return path.set(document, appended(path.get(document), value(others.get(1))));
        });
        testing(root, "@>", (document, other) -> contains(document, parsed(other)));
        testing(root, "<@", (document, other) -> contains(parsed(other), document));
        testing(root, "jsonb_exists", JsonFunctions::exists);
        testing(
                root,
                "jsonb_exists_any",
                (document, keys) -> keys(keys).stream().anyMatch(key -> exists(document, key)));
        testing(
                root,
                "jsonb_exists_all",
                (document, keys) -> keys(keys).stream().allMatch(key -> exists(document, key)));
    }

    private static void changing(DuckDBConnection root, String name, int arguments, Change change) throws SQLException {
        define(
                root,
                name,
                arguments,
                DuckDBColumnType.VARCHAR,
                (row, given, out) -> out.setString(
                        row,
                        change.of(parsed(given.get(0)), given.subList(1, given.size()))
                                .toString()));
    }

    private static void testing(DuckDBConnection root, String name, Test test) throws SQLException {
        define(
                root,
                name,
                2,
                DuckDBColumnType.BOOLEAN,
                (row, given, out) -> out.setBoolean(row, test.of(parsed(given.get(0)), given.get(1))));
    }

    private interface Row {
        void write(long row, List<String> given, DuckDBWritableVector out);
    }

    private static void define(DuckDBConnection root, String name, int arguments, DuckDBColumnType result, Row each)
            throws SQLException {
        DuckDBColumnType[] types = new DuckDBColumnType[arguments];
        Arrays.fill(types, DuckDBColumnType.VARCHAR);
        DuckDBFunctions.scalarFunction()
                .withName(name)
                .withParameters(types)
                .withReturnType(result)
                .withVectorizedFunction((in, out) -> {
                    for (long row = 0; row < in.rowCount(); row++) {
                        List<String> given = given(in, row, arguments);
                        if (given.size() < arguments) {
                            out.setNull(row);
                        } else {
                            each.write(row, given, out);
                        }
                    }
                })
                .register(root);
    }

    /** Fewer than there are arguments if one is null. */
    private static List<String> given(DuckDBDataChunkReader in, long row, int arguments) {
        return IntStream.range(0, arguments)
                .filter(i -> !in.vector(i).isNull(row))
                .mapToObj(i -> in.vector(i).getString(row))
                .toList();
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    "Malformed JSON at character " + malformed.getLocation().getColumnNr());
        }
        throw new IllegalArgumentException("Malformed JSON: the text is empty");
    }

    /** A text that is no JSON stands for itself. */
    private static JsonNode value(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? TextNode.valueOf(text) : node;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }

    private static JsonNode appended(@Nullable JsonNode array, JsonNode value) {
        if (array == null || array instanceof NullNode) {
            return JSON.createArrayNode().add(value);
        }
        if (array instanceof ArrayNode elements) {
            return elements.deepCopy().add(value);
        }
        throw new IllegalArgumentException("JSON path error: there is no array to append to");
    }

    /** As {@code jsonb @> jsonb} of PostgreSQL: objects by their keys, arrays as sets; an array contains one scalar too. */
    private static boolean contains(JsonNode whole, JsonNode part) {
        if (whole.isObject() && part.isObject()) {
            return part.properties().stream()
                    .allMatch(field ->
                            whole.has(field.getKey()) && contains(whole.get(field.getKey()), field.getValue()));
        }
        if (whole.isArray() && part.isArray()) {
            return elements(part).stream()
                    .allMatch(element -> elements(whole).stream()
                            .anyMatch(each ->
                                    each.isContainerNode() == element.isContainerNode() && contains(each, element)));
        }
        if (whole.isArray() && part.isValueNode()) {
            return elements(whole).stream().anyMatch(each -> same(each, part));
        }
        return same(whole, part);
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** A key of an object, an element of an array, or the text itself. */
    private static boolean exists(JsonNode document, String key) {
        return document.isObject()
                ? document.has(key)
                : document.isArray()
                        ? elements(document).stream()
                                .anyMatch(each ->
                                        each.isTextual() && each.textValue().equals(key))
                        : document.isTextual() && document.textValue().equals(key);
    }

    /** A JSON array of keys, or a text with commas between them. */
    private static List<String> keys(String text) {
        JsonNode keys = value(text);
        if (keys.isArray()) {
            return elements(keys).stream().map(JsonNode::asText).toList();
        }
        return Arrays.stream(keys.asText().split(",", -1)).map(String::strip).toList();
    }
}

package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions over JSON that the engine gets from us. */
class JsonFunctionsTest extends EngineTestBase {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1} | $.a | 2 | {\"a\":2}",
                "{\"a\": {\"b\": 1}} | $.a.c | \"x\" | {\"a\":{\"b\":1,\"c\":\"x\"}}",
                "{} | a.b[0] | 1 | -",
                "{} | $.\"a.b\" | 1 | {\"a.b\":1}",
                "[1] | $[0] | 2 | [2]",
                "[1] | $[7] | 2 | [1,2]",
                "{\"a\": null} | $.a.b | 1 | {\"a\":{\"b\":1}}",
                "1 | $ | 2 | 2",
                "1 | $.a | 2 | -"
            })
    void a_value_is_set_where_there_is_a_place_for_it(String document, String path, String value, String expected)
            throws Exception {
        JsonNode before = JSON.readTree(document);
        if (expected.equals("-")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonPath.of(path).set(before, JSON.readTree(value)))
                    .withMessageStartingWith("JSON path error");
        } else {
            assertThat(JsonPath.of(path).set(before, JSON.readTree(value))).hasToString(expected);
        }
        assertThat(before).hasToString(JSON.readTree(document).toString());
    }

    @ParameterizedTest
    @CsvSource({"$.[", "$[x]", "$.a[", "a..b", "$.a\"b"})
    void what_is_no_path_is_refused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonPath.of(path))
                .withMessageStartingWith("JSON path error");
    }

    @Test
    void all_rows_of_all_threads_get_their_own_answers() {
        assertThat(value("SELECT count(*) FROM range(500000) t(i)"
                        + " WHERE json_set('{\"a\": 0}', '$.a', CAST(i AS VARCHAR)) <> '{\"a\":' || i || '}'"))
                .isEqualTo(0L);
    }

    @Test
    void null_gives_null() {
        assertThat(value("SELECT json_set('{}', NULL, '1') IS NULL AND (NULL::VARCHAR @> '{}') IS NULL"))
                .isEqualTo(true);
    }

    @Test
    void what_is_no_json_is_an_error_of_the_engine_without_our_stack() {
        var failure = failure(() -> query("SELECT json_set('{', '$.a', '1')"));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        assertThat(failure.text()).isEqualTo("Malformed JSON at character 2");
    }

    @Test
    void they_are_there_again_after_the_engine_was_reopened() {
        engine.close();
        engine = open(properties());
        assertThat(value("SELECT json_remove('{\"a\": 1}', '$.a')")).isEqualTo("{}");
    }
}

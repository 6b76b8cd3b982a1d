package io.skyport.sql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlTextTest {

    static Stream<String> readable() throws IOException {
        return lines("/sql/read.sql").filter(line -> !line.startsWith("-- "));
    }

    static Stream<String> malformed() throws IOException {
        return lines("/sql/malformed.txt").filter(line -> !line.startsWith("#"));
    }

    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream in = SqlTextTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    @ParameterizedTest
    @MethodSource("readable")
    void the_grammar_reads_every_form_it_promises(String statement) {
        assertThatCode(() -> assertThat(SqlText.parse(statement)).isNotNull()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_the_grammar_does_not_read_is_a_syntax_error_with_its_position(String line) {
        int column = Integer.parseInt(line.substring(0, 3).strip());
        SkyportException failure = failure(line.substring(6));
        assertThat(failure.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure.position()).contains(new SqlPosition(1, column));
        assertThat(failure.text()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT CAST(a integer) | syntax error at \"integer\"; expected AS",
                "SELECT 1; DROP TABLE t | a text holds one statement, but a second one starts with \"DROP\"",
                "-- nothing | the statement is empty",
                "; | the statement is empty",
                "SELECT 'abc | syntax error: the quote is not closed",
                "SELECT 1 @ 2 | syntax error at \"@\"",
                "UPDATE t SET (a) | syntax error at the end; expected ="
            })
    void a_syntax_error_says_what_was_found_and_what_could_stand_there(String statement, String text) {
        assertThat(failure(statement).text()).isEqualTo(text);
    }

    @Test
    void positions_count_lines_and_characters_as_the_client_sent_them() {
        assertThat(failure("SELECT a,\n\tb c d\nFROM t").position()).contains(new SqlPosition(2, 6));
    }

    @Test
    void a_statement_nested_too_deeply_is_refused_as_too_complex() {
        String nested = "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000);
        assertThat(failure(nested).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
    }

    private static SkyportException failure(String statement) {
        return catchThrowableOfType(SkyportException.class, () -> SqlText.parse(statement));
    }
}

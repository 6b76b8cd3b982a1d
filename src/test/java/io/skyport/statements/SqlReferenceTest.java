package io.skyport.statements;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/sql.md and docs/functions.md. What is between {@code <!-- generated: part -->} and {@code <!-- end -->} is what
 * {@link Reference} makes: {@code ./mvnw test -Dtest=SqlReferenceTest -Ddocs.write=true} writes it anew. The examples run
 * in their order: {@code -- => value} behind a statement is its one row, {@code -- fails: SQLSTATE} its error.
 */
class SqlReferenceTest {

    private static final Pattern GENERATED =
            Pattern.compile("(<!-- generated: ([a-z ]+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern EXAMPLES = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile(";(?:\\s*--\\s*(=>|fails:)\\s*(.*))?$");

    @TempDir
    Path directory;

    private PlainEngine plain;
    private EmbeddedServer server;

    @BeforeEach
    void open() {
        plain = new PlainEngine(Duration.ofSeconds(30));
        server = new EmbeddedServer(directory, List.of(Path.of("demo")), plain, Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        server.close();
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/sql.md", "docs/functions.md"})
    void what_is_generated_is_what_the_grammar_and_the_engine_say(String file) throws IOException {
        Path path = Path.of(file);
        String written = Files.readString(path);
        Reference reference = new Reference(server);

        String generated = GENERATED
                .matcher(written)
                .replaceAll(part ->
                        Matcher.quoteReplacement(part.group(1) + reference.part(part.group(2)) + part.group(4)));

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(path, generated);
        } else {
            assertThat(generated)
                    .as("-Dtest=SqlReferenceTest -Ddocs.write=true writes " + file)
                    .isEqualTo(written);
        }
        assertThat(GENERATED.matcher(written).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = "docs/sql.md")
    void the_examples_run(String file) throws IOException {
        List<String> wrong = new ArrayList<>();
        int statements = 0;
        for (var block :
                EXAMPLES.matcher(Files.readString(Path.of(file))).results().toList()) {
            StringBuilder statement = new StringBuilder();
            for (String line : block.group(1).lines().toList()) {
                Matcher end = END.matcher(line);
                boolean last = end.find();
                statement.append(last ? line.substring(0, end.start()) : line).append('\n');
                if (last) {
                    check(statement.toString(), end.group(1), end.group(2), wrong);
                    statement.setLength(0);
                    statements++;
                }
            }
            assertThat(statement.toString())
                    .as("an example ends with a semicolon")
                    .isBlank();
        }
        assertThat(wrong).isEmpty();
        assertThat(statements).isPositive();
    }

    private void check(String sql, @Nullable String kind, String expected, List<String> wrong) {
        Answer answer = server.run("examples", sql);
        String actual = actual(answer);
        if ("fails:".equals(kind)) {
            if (!(answer instanceof Answer.Failure) || !actual.contains(expected.strip())) {
                wrong.add(sql + "-- fails: " + expected + ", but: " + actual);
            }
        } else if (answer instanceof Answer.Failure) {
            wrong.add(sql + "-- " + actual);
        } else if (kind != null && !actual.equals(expected.strip())) {
            wrong.add(sql + "-- => " + expected + ", but: " + actual);
        }
    }

    private static String actual(Answer answer) {
        return answer instanceof Answer.Rows rows
                ? String.join(
                        "; ",
                        rows.rows().stream()
                                .map(row -> row.stream()
                                        .map(value -> value == null ? "NULL" : value)
                                        .collect(joining(", ")))
                                .toList())
                : answer.toString();
    }
}

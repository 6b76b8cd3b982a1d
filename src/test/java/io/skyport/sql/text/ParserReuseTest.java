package io.skyport.sql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;

/** A parser that has read a text reads the next as if it were new. */
class ParserReuseTest {

    private static final String PARAMETERS = "SELECT a FROM t WHERE b = ? AND c = ?";

    @Test
    void parameters_are_counted_from_the_first_in_every_text() {
        assertThat(parameters(PARAMETERS)).containsExactly(0, 1);
        assertThat(parameters("SELECT ?, ?, ?")).containsExactly(0, 1, 2);
        assertThat(parameters(PARAMETERS)).containsExactly(0, 1);
    }

    private static List<Integer> parameters(String text) {
        List<Integer> indexes = new ArrayList<>();
        SqlText.parse(text).accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlDynamicParam parameter) {
                indexes.add(parameter.getIndex());
                return null;
            }
        });
        return indexes;
    }

    @Test
    void positions_are_those_of_the_text_at_hand() {
        SqlText.parse("SELECT 1,\n\n\n 2 FROM t");
        SqlNode node = SqlText.parse("SELECT\n 1");
        assertThat(node.getParserPosition().getLineNum()).isEqualTo(1);
        assertThat(node.getParserPosition().getEndLineNum()).isEqualTo(2);
    }

    @Test
    void a_failure_is_told_the_same_after_any_text() {
        String told = failure("SELECT a FROM FROM t");
        for (String before :
                List.of("SELECT 1", "SELECT (((1 + 2)))", "WITH x AS (SELECT 1) SELECT * FROM x", "SHOW TABLES")) {
            SqlText.parse(before);
            assertThat(failure("SELECT a FROM FROM t")).isEqualTo(told);
        }
        assertThat(failure("SELECT 'a")).isEqualTo(failure("SELECT 'a"));
        assertThat(SqlText.parse("SELECT 'a'")).isNotNull();
    }

    private static String failure(String text) {
        SkyportException[] failure = new SkyportException[1];
        assertThatThrownBy(() -> SqlText.parse(text))
                .isInstanceOfSatisfying(SkyportException.class, e -> failure[0] = e);
        return failure[0].toString();
    }

    @Test
    void many_texts_are_read_by_several_threads() {
        String expected = SqlText.parse(PARAMETERS).toString();
        assertThat(IntStream.range(0, 5_000)
                        .parallel()
                        .mapToObj(i -> SqlText.parse(PARAMETERS).toString())
                        .distinct())
                .containsExactly(expected);
    }
}

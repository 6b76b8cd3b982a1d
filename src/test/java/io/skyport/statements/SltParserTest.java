package io.skyport.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.statements.SltRecord.Condition;
import io.skyport.statements.SltRecord.Control;
import io.skyport.statements.SltRecord.Ending;
import io.skyport.statements.SltRecord.ExpectedError;
import io.skyport.statements.SltRecord.Loop;
import io.skyport.statements.SltRecord.Query;
import io.skyport.statements.SltRecord.SortMode;
import io.skyport.statements.SltRecord.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SltParserTest {

    private static List<SltRecord> parse(String text) {
        return SltParser.parse("file", text);
    }

    private static Statement statement(String text) {
        return (Statement) parse(text).get(0);
    }

    private static Query query(String text) {
        return (Query) parse(text).get(0);
    }

    @Test
    void a_statement_ends_at_a_blank_line_and_knows_its_own() {
        List<SltRecord> records = parse("# a comment\n\nstatement ok\nSELECT 1,\n  2\n\nstatement ok\nSELECT 3\n");

        assertThat(records).hasSize(2);
        assertThat(((Statement) records.get(0)).sql()).isEqualTo("SELECT 1,\n  2");
        assertThat(records.get(0).place()).hasToString("file:3");
        assertThat(records.get(1).place()).hasToString("file:7");
    }

    @Test
    void a_statement_may_expect_its_count() {
        assertThat(statement("statement count 3\nDELETE FROM t").count()).isEqualTo(3);
        assertThat(statement("statement ok\nDELETE FROM t").count()).isEqualTo(-1);
    }

    @Test
    void an_error_stands_below_the_line_or_on_it() {
        Statement below = statement("statement error\nSELECT\n----\n42601\nline 1\n");
        Statement pattern = statement("statement error\nSELECT\n----\n<REGEX>:.*syntax.*\n");
        Statement onLine = statement("statement error syntax .* at\nSELECT\n");
        Statement any = statement("statement error\nSELECT\n");

        assertThat(below.error()).isEqualTo(new ExpectedError("42601\nline 1", false));
        assertThat(pattern.error()).isEqualTo(new ExpectedError(".*syntax.*", true));
        assertThat(onLine.error()).isEqualTo(new ExpectedError("syntax .* at", true));
        assertThat(any.error()).isEqualTo(ExpectedError.ANY);
        assertThat(List.of(below, pattern, onLine, any)).allMatch(statement -> statement.ending() == Ending.ERROR);
    }

    @Test
    void a_query_may_expect_an_error() {
        Statement statement = statement("query error division\nSELECT 1/0\n");

        assertThat(statement.ending()).isEqualTo(Ending.ERROR);
        assertThat(statement.error()).isEqualTo(new ExpectedError("division", true));
    }

    @Test
    void a_query_has_types_a_sort_mode_a_label_and_rows() {
        Query query = query("query IT rowsort label-1\nSELECT 1, 'x y'\n----\n1\tx y\n\n");

        assertThat(query.types()).isEqualTo("IT");
        assertThat(query.sort()).isEqualTo(SortMode.ROWSORT);
        assertThat(query.label()).isEqualTo("label-1");
        assertThat(query.expected()).containsExactly("1\tx y");
        assertThat(query("query I\nSELECT 1").expected()).isNull();
        assertThat(query("query I\nSELECT 1\n----\n").expected()).isEmpty();
        assertThat(query("query I colnames,valuesort\nSELECT 1").columnNames()).isTrue();
    }

    @Test
    void sessions_are_named_on_the_record_or_before_it() {
        assertThat(statement("statement ok con1\nSELECT 1").connection()).isEqualTo("con1");
        assertThat(query("query I con1\nSELECT 1").connection()).isEqualTo("con1");
        assertThat(statement("statement error con1\nSELECT 1\n----\ntext\n").connection())
                .isEqualTo("con1");
        assertThat(((Statement) parse("connection con2\n\nstatement ok\nSELECT 1")
                                .get(1))
                        .connection())
                .isEqualTo("con2");
        assertThat(statement("statement ok\nSELECT 1").connection()).isEqualTo(SltParser.DEFAULT_CONNECTION);
    }

    @Test
    void conditions_and_differences_hold_for_the_next_record_only() {
        List<SltRecord> records = parse(
                "skipif sqlite # why\nonlyif skyport\n# skyport: differs because\nstatement ok\nSELECT 1\n\nstatement ok\nSELECT 2");

        assertThat(records.get(0).place().conditions())
                .containsExactly(new Condition(false, "sqlite"), new Condition(true, "skyport"));
        assertThat(records.get(0).place().differs()).isEqualTo("because");
        assertThat(records.get(1).place().conditions()).isEmpty();
        assertThat(records.get(1).place().differs()).isNull();
    }

    @Test
    void loops_nest() {
        Loop outer = (Loop) parse("loop i 0 3\n\nforeach v a b\n\nstatement ok\nSELECT ${i}\n\nendloop\n\nendloop\n")
                .get(0);

        assertThat(outer.kind()).isEqualTo("loop");
        assertThat(outer.arguments()).containsExactly("i", "0", "3");
        Loop inner = (Loop) outer.body().get(0);
        assertThat(inner.arguments()).containsExactly("v", "a", "b");
        assertThat(inner.body()).hasSize(1);
    }

    @Test
    void other_directives_keep_their_arguments() {
        Control control = (Control) parse("require vector_size 512 # comment").get(0);

        assertThat(control.name()).isEqualTo("require");
        assertThat(control.arguments()).containsExactly("vector_size", "512");
    }

    @Test
    void what_is_no_record_is_refused_with_its_line() {
        assertThatThrownBy(() -> parse("\nstatment ok\nSELECT 1")).hasMessageContaining("file:2: unknown directive");
        assertThatThrownBy(() -> parse("statement maybee\nSELECT 1")).hasMessageContaining("file:1: ");
        assertThatThrownBy(() -> parse("statement count x\nSELECT 1")).hasMessageContaining("file:1: ");
        assertThatThrownBy(() -> parse("loop i 0 1\n")).hasMessageContaining("endloop");
        assertThatThrownBy(() -> parse("endloop\n")).hasMessageContaining("without loop");
        assertThatThrownBy(() -> parse("# skyport: differs\n")).hasMessageContaining("reason");
    }
}

package io.skyport.sql.statement;

import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** What character literals say. */
final class Texts {

    private Texts() {}

    /** The text of a literal; of literals that follow each other on lines of their own, one text. */
    static String of(SqlNode literal) {
        if (literal instanceof SqlCall chain) {
            StringBuilder text = new StringBuilder();
            chain.getOperandList().forEach(part -> text.append(of(part)));
            return text.toString();
        }
        return Objects.requireNonNull(((SqlLiteral) literal).getValueAs(String.class));
    }
}

package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** What character literals say. */
final class Texts {

    /** How comments begin in which Skyport keeps what the engine has no place for. */
    private static final String MARKS = "skyport:";

    private Texts() {}

    /**
     * What a comment says.
     *
     * @throws SkyportException 22023 if it could be taken for one of Skyport's own
     */
    static String comment(SqlNode literal) {
        String text = of(literal);
        if (text.startsWith(MARKS)) {
            throw Compilation.error(
                    ErrorCode.INVALID_PARAMETER_VALUE, "a comment does not begin with \"" + MARKS + "\"", literal);
        }
        return text;
    }

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

package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.error.ErrorCode;
import io.skyport.sql.BinaryLiterals;
import io.skyport.sql.names.Names;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Texts that mean something else when a column of some type stores them: base64, sums of money. */
final class StoredLiterals {

    /** With a sign of a currency, commas between thousands, or both. */
    private static final Pattern MONEY =
            Pattern.compile("\\s*(-?)(?=[$€£]|\\d{1,3},)[$€£]?(-?)(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?\\s*");

    private final WrittenTable table;
    private final boolean base64;

    StoredLiterals(WrittenTable table, Names names) {
        this.table = table;
        this.base64 = BinaryLiterals.BASE64.equals(names.context().settings().get(BinaryLiterals.SETTING));
    }

    /** The rows of VALUES as the columns store them. */
    SqlNode in(SqlNode source, List<String> columns) {
        if (source.getKind() != SqlKind.VALUES || table.definition() == null) {
            return source;
        }
        List<SqlNode> rows = new ArrayList<>();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            rows.add(row(row, columns));
        }
        SqlCall values = (SqlCall) source;
        return rows.equals(values.getOperandList())
                ? source
                : values.getOperator().createCall(values.getParserPosition(), rows);
    }

    private SqlNode row(SqlNode row, List<String> columns) {
        if (row.getKind() != SqlKind.ROW) {
            return columns.size() == 1 ? stored(row, columns.get(0)) : row;
        }
        SqlCall call = (SqlCall) row;
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < call.operandCount(); i++) {
            values.add(i < columns.size() ? stored(call.operand(i), columns.get(i)) : call.operand(i));
        }
        return values.equals(call.getOperandList())
                ? row
                : call.getOperator().createCall(call.getParserPosition(), values);
    }

    /** A value as the column stores it. */
    SqlNode stored(SqlNode value, String column) {
        String text = text(value);
        Column stored = table.definition() == null || text == null
                ? null
                : table.definition().column(column).orElse(null);
        if (text == null || stored == null) {
            return value;
        }
        String type = stored.type().name();
        if (type.equals("BLOB") && base64) {
            return decoded(text, value);
        }
        return type.startsWith("DECIMAL") ? number(text, value) : value;
    }

    private static @Nullable String text(SqlNode value) {
        return value instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? literal.getValueAs(String.class)
                : null;
    }

    private static SqlNode decoded(String text, SqlNode value) {
        try {
            return SqlLiteral.createBinaryString(
                    HexFormat.of().formatHex(Base64.getDecoder().decode(text)), value.getParserPosition());
        } catch (IllegalArgumentException malformed) {
            throw Compilation.error(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "the text is not base64 (SET " + BinaryLiterals.SETTING + " says what it is): "
                            + Objects.requireNonNullElse(malformed.getMessage(), ""),
                    value);
        }
    }

    private static SqlNode number(String text, SqlNode value) {
        Matcher money = MONEY.matcher(text);
        return money.matches()
                ? SqlLiteral.createCharString(
                        money.group(1)
                                + money.group(2)
                                + money.group(3).replace(",", "")
                                + Objects.requireNonNullElse(money.group(4), ""),
                        value.getParserPosition())
                : value;
    }
}

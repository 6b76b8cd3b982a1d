package io.skyport.sql.print;

import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.BitString;

/** Writes literals. */
final class LiteralPrinter {

    private static final Pattern NUMBER = Pattern.compile("-?\\s*(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Printer printer;

    LiteralPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void print(SqlLiteral literal) {
        if (literal instanceof SqlNumericLiteral number) {
            number(number);
        } else if (literal instanceof SqlIntervalLiteral interval) {
            interval(interval);
        } else if (literal instanceof SqlUnknownLiteral typed) {
            typed(typed.tag, Objects.requireNonNull(typed.getValueAs(String.class)));
        } else if (literal instanceof SqlAbstractDateTimeLiteral datetime) {
            typed(datetime.getTypeName().getName(), datetime.toFormattedString());
        } else {
            plain(literal);
        }
    }

    private void plain(SqlLiteral literal) {
        SqlTypeName type = literal.getTypeName();
        switch (type) {
            case NULL -> writer().sql("NULL");
            case BOOLEAN -> writer().sql(bool(literal));
            case CHAR -> writer().literal(Objects.requireNonNull(literal.getValueAs(String.class)));
            case BINARY -> writer().sql(blob(literal));
            default -> throw Printer.unsupported(literal.toString(), literal);
        }
    }

    /** UNKNOWN is NULL. */
    private static String bool(SqlLiteral literal) {
        Object value = literal.getValue();
        return value == null ? "CAST(NULL AS BOOLEAN)" : value.toString().toUpperCase(Locale.ROOT);
    }

    /** In the client's digits, which carry the type: 1.50 has two places. */
    private void number(SqlNumericLiteral number) {
        String source = printer.source(number.getParserPosition());
        BigDecimal value = number.bigDecimalValue();
        boolean same = NUMBER.matcher(source).matches()
                && new BigDecimal(source.replaceAll("\\s", "")).compareTo(Objects.requireNonNull(value)) == 0;
        writer().sql(same ? source.replaceAll("\\s", "") : number.toValue());
    }

    private static String blob(SqlLiteral literal) {
        String hex = Objects.requireNonNull(literal.getValueAs(BitString.class)).toHexString();
        if (hex.length() % 2 != 0) {
            throw Printer.error(ErrorCode.SYNTAX_ERROR, "a binary literal has two digits for each byte", literal);
        }
        StringBuilder text = new StringBuilder("CAST('");
        for (int i = 0; i < hex.length(); i += 2) {
            text.append("\\x").append(hex, i, i + 2);
        }
        return text.append("' AS BLOB)").toString();
    }

    private void typed(String tag, String value) {
        String type = switch (tag) {
            case "DATETIME" -> "TIMESTAMP";
            case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_TZ", "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
                "TIMESTAMP WITH TIME ZONE";
            case "TIME WITH LOCAL TIME ZONE", "TIME_TZ" -> "TIME WITH TIME ZONE";
            default -> tag;
        };
        writer().sql(type + " " + EngineNames.literal(value));
    }

    private void interval(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
                Objects.requireNonNull(literal.getValueAs(SqlIntervalLiteral.IntervalValue.class));
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        if (qualifier.isSingleDatetimeField()) {
            String sign = value.getSign() < 0 ? "-" : "";
            writer().sql("INTERVAL " + EngineNames.literal(sign + value.getIntervalLiteral()) + " "
                    + qualifier.getStartUnit().name());
        } else {
            writer().sql("INTERVAL " + EngineNames.literal(compound(literal, value, qualifier)));
        }
    }

    private static String compound(
            SqlIntervalLiteral literal, SqlIntervalLiteral.IntervalValue value, SqlIntervalQualifier qualifier) {
        return CompoundIntervals.engineText(value.getIntervalLiteral(), qualifier, value.getSign())
                .orElseThrow(() -> Printer.error(
                        ErrorCode.INVALID_DATETIME_FORMAT,
                        "'" + value.getIntervalLiteral() + "' is not an interval " + qualifier,
                        literal));
    }
}

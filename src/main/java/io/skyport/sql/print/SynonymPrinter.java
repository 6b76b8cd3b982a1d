package io.skyport.sql.print;

import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.functions.DateFormats;
import io.skyport.sql.functions.Synonym;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Writes calls of functions that other servers have, as the engine writes them. */
final class SynonymPrinter {

    /** {@code $1} is an argument, {@code $2...} that and all behind it. */
    private static final Pattern ARGUMENT = Pattern.compile("\\$([1-9])(\\.\\.\\.)?");

    private static final Pattern DOTTED = Pattern.compile("\\w+(\\.\\w+|\\[\\d+])+");

    private final Printer printer;

    SynonymPrinter(Printer printer) {
        this.printer = printer;
    }

    /** An expression of the engine with the call's arguments in it. */
    void expression(Synonym synonym, SqlCall call) {
        printer.foundUnlabelled();
        printer.writer().at(call.getParserPosition());
        Matcher argument = ARGUMENT.matcher(synonym.form());
        int written = 0;
        while (argument.find()) {
            printer.writer().sql(synonym.form().substring(written, argument.start()));
            int first = Integer.parseInt(argument.group(1)) - 1;
            int last = argument.group(2) == null ? first + 1 : call.operandCount();
            list(call.getOperandList().subList(first, Math.max(first, last)));
            written = argument.end();
        }
        printer.writer().sql(synonym.form().substring(written));
    }

    /** Functions whose arguments must be read to be written; false if the call is none of them. */
    boolean special(String name, SqlCall call) {
        boolean two = call.operandCount() == 2;
        return switch (name) {
            case "date_format", "to_char" -> two && formatted("strftime(", name, call, ")");
            case "str_to_date" -> two && formatted("strptime(", name, call, ")");
            case "to_date" -> two && formatted("CAST(strptime(", name, call, ") AS DATE)");
            case "to_timestamp" -> two && formatted("strptime(", name, call, ")");
            case "json_extract", "json_extract_string", "json_extract_text" -> two && dotted(name, call);
            case "struct" -> call.operandCount() > 0 && numbered(call);
            case "named_struct" -> call.operandCount() > 0 && call.operandCount() % 2 == 0 && struct(call);
            default -> false;
        };
    }

    /** {@code a.b[0]} is a key of the engine and a path of FlyDB: the key wins where there is one. */
    private boolean dotted(String name, SqlCall call) {
        SqlNode place = call.operand(1);
        if (!(place instanceof SqlLiteral literal) || !SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            return false;
        }
        String path = Objects.requireNonNull(literal.getValueAs(String.class));
        if (!DOTTED.matcher(path).matches()) {
            return false;
        }
        String function = name.equals("json_extract") ? name : "json_extract_string";
        printer.foundUnlabelled();
        printer.writer().at(call.getParserPosition()).sql("coalesce(" + function + "(");
        printer.expression(call.operand(0));
        printer.writer().sql(", ").literal(path).sql("), " + function + "(");
        printer.expression(call.operand(0));
        printer.writer().sql(", ").literal("$." + path).sql("))");
        return true;
    }

    private boolean formatted(String open, String name, SqlCall call, String close) {
        String format = text(call.operand(1), "the format of " + name);
        String written = DateFormats.inEngineForm(name, format)
                .orElseThrow(() -> Printer.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        name + " does not take the format '" + format + "': use strftime or strptime",
                        call.operand(1)));
        printer.foundUnlabelled();
        printer.writer().at(call.getParserPosition()).sql(open);
        printer.expression(call.operand(0));
        printer.writer().sql(", ").literal(written).sql(close);
        return true;
    }

    private boolean struct(SqlCall call) {
        printer.foundUnlabelled();
        printer.writer().at(call.getParserPosition()).sql("struct_pack");
        for (int i = 0; i < call.operandCount(); i += 2) {
            String field = text(call.operand(i), "the name of a field");
            printer.writer().sql(i == 0 ? "(" : ", ").sql(EngineNames.quoted(field) + " := ");
            printer.expression(call.operand(i + 1));
        }
        printer.writer().sql(")");
        return true;
    }

    private boolean numbered(SqlCall call) {
        printer.foundUnlabelled();
        printer.writer().at(call.getParserPosition()).sql("struct_pack");
        for (int i = 0; i < call.operandCount(); i++) {
            printer.writer().sql(i == 0 ? "(" : ", ").sql("c" + i + " := ");
            printer.expression(call.operand(i));
        }
        printer.writer().sql(")");
        return true;
    }

    private static String text(SqlNode node, String what) {
        if (node instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            return Objects.requireNonNull(literal.getValueAs(String.class));
        }
        throw Printer.error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is given as a literal", node);
    }

    private void list(List<SqlNode> arguments) {
        String separator = "";
        for (SqlNode argument : arguments) {
            printer.writer().sql(separator);
            printer.expression(argument);
            separator = ", ";
        }
    }
}

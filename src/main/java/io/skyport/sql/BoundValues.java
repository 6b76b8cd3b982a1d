package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.sql.dialect.EngineNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the announced columns whatever is bound. The engine plans anew for what is bound: {@code ? || 'x'} is an INTEGER
 * for NULL, which it folds without looking for a type, and {@code coalesce(?, 'x')} a number for a number.
 *
 * @param statement to run
 * @param values of its parameters
 */
record BoundValues(CompiledStatement statement, List<? extends @Nullable Object> values) {

    /** Texts and names are stepped over. */
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|\\$(\\d+)");

    private static final Pattern QUERY = Pattern.compile("(SELECT|WITH|VALUES|\\().*", Pattern.DOTALL);
    private static final String DECIMAL = "DECIMAL";

    /** The statement to run for the values, which is the same one if they cannot change its columns. */
    CompiledStatement fitted() {
        CompiledStatement typed = statement.parameters().stream().anyMatch(this::textual) ? castingTexts() : statement;
        boolean nulls = statement.parameters().stream().anyMatch(parameter -> value(parameter) == null);
        return nulls && QUERY.matcher(typed.engineSql()).matches() ? castingColumns(typed) : typed;
    }

    private @Nullable Object value(StatementParameter parameter) {
        return parameter.index() > values.size() ? "" : values.get(parameter.index() - 1);
    }

    /** Whether something else stands for a text. */
    private boolean textual(StatementParameter parameter) {
        Object value = value(parameter);
        return value != null
                && !(value instanceof String)
                && parameter.type().baseName().equals("VARCHAR");
    }

    private CompiledStatement castingTexts() {
        StringBuilder sql = new StringBuilder();
        Map<Integer, Integer> shifts = new TreeMap<>();
        Matcher token = TOKEN.matcher(statement.engineSql());
        while (token.find()) {
            int index = token.group(1) == null ? 0 : Integer.parseInt(token.group(1));
            if (index > 0 && textual(statement.parameters().get(index - 1))) {
                token.appendReplacement(sql, Matcher.quoteReplacement("CAST(" + token.group() + " AS VARCHAR)"));
                shifts.put(token.end(), sql.length() - token.end());
            }
        }
        return statement.running(
                token.appendTail(sql).toString(), statement.sourceMap().shifted(shifts));
    }

    /** Nothing is lost: a column that has another type has NULLs only, or decimals, which are left where they may differ. */
    private CompiledStatement castingColumns(CompiledStatement query) {
        boolean decimals = query.parameters().stream().allMatch(this::exact);
        StringBuilder select = new StringBuilder("SELECT ");
        StringBuilder names = new StringBuilder(") AS \"q\"(");
        for (int i = 0; i < query.columns().size(); i++) {
            ResultColumn column = query.columns().get(i);
            SqlType type = column.type().wireType();
            String separator = i == 0 ? "" : ", ";
            String inner = EngineNames.quoted("c" + (i + 1));
            boolean cast = decimals || !type.baseName().equals(DECIMAL);
            select.append(separator).append(cast ? "CAST(" + inner + " AS " + type.name() + ")" : inner);
            select.append(" AS ").append(EngineNames.quoted(column.name()));
            names.append(separator).append(inner);
        }
        String prefix = select.append(" FROM (").toString();
        return query.running(
                prefix + query.engineSql() + names + ")", query.sourceMap().shifted(prefix.length()));
    }

    /** Whether the value is one of the parameter's type, if that is a decimal. */
    private boolean exact(StatementParameter parameter) {
        SqlType type = parameter.type();
        if (!type.baseName().equals(DECIMAL) || !(value(parameter) instanceof Number number)) {
            return true;
        }
        return number instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().scale() <= type.scale()
                : number instanceof Long || number instanceof Integer;
    }
}

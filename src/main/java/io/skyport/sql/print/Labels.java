package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels of columns that have no name of their own. The engine makes them from the text it is given; the client expects
 * them made from its own: with tables as it called them, and parameters without casts.
 *
 * @param tables the tables by what the client wrote for them
 */
public record Labels(Map<ObjectName, List<String>> tables) {

    public Labels {
        tables = Map.copyOf(tables);
    }

    /** @param casts the types that parameters were cast to, by index from 0 */
    public String label(String engineLabel, Map<Integer, SqlType> casts) {
        String label = engineLabel;
        for (Map.Entry<Integer, SqlType> cast : casts.entrySet()) {
            String parameter = "$" + (cast.getKey() + 1);
            String written = "CAST(" + parameter + " AS ";
            label = label.contains(written) ? withoutCast(label, parameter, cast.getValue()) : label;
        }
        for (Map.Entry<ObjectName, List<String>> table : tables.entrySet()) {
            label = label.contains(".") ? asWritten(label, table.getKey(), table.getValue()) : label;
        }
        return label;
    }

    private static String withoutCast(String label, String parameter, SqlType type) {
        Pattern cast = Pattern.compile(
                Pattern.quote("CAST(" + parameter + " AS ") + "\"?" + Pattern.quote(type.name()) + "\"?\\)");
        return cast.matcher(label).replaceAll(Matcher.quoteReplacement(parameter));
    }

    /** The engine's own spelling of as many of the last parts as the client wrote. */
    private static String asWritten(String label, ObjectName table, List<String> written) {
        Pattern full =
                Pattern.compile(part(table.database()) + "\\." + part(table.schema()) + "\\." + part(table.name()));
        return full.matcher(label).replaceAll(match -> Matcher.quoteReplacement(spelling(match, table, written)));
    }

    private static String spelling(MatchResult match, ObjectName table, List<String> written) {
        boolean database = written.size() == 2
                && written.get(0).equalsIgnoreCase(table.database())
                && !written.get(0).equalsIgnoreCase(table.schema());
        return switch (written.size()) {
            case 1 -> match.group(3);
            case 2 -> match.group(database ? 1 : 2) + "." + match.group(3);
            default -> match.group();
        };
    }

    /** The engine quotes names where it thinks it must. */
    private static String part(String name) {
        return "(" + Pattern.quote(EngineNames.quoted(name)) + "|\\b" + Pattern.quote(name) + "\\b)";
    }
}

package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Labels of columns that have no name of their own. The engine makes them from the text it is given; the client expects
 * them made from its own: with tables as it called them, and parameters without casts.
 *
 * @param tables the tables by what the client wrote for them
 */
public record Labels(Map<ObjectName, List<String>> tables) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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

    private static String asWritten(String label, ObjectName table, List<String> written) {
        Pattern full =
                Pattern.compile(part(table.database()) + "\\." + part(table.schema()) + "\\." + part(table.name()));
        String name = written.stream()
                .map(part -> PLAIN.matcher(part).matches() ? part : EngineNames.quoted(part))
                .collect(Collectors.joining("."));
        return full.matcher(label).replaceAll(Matcher.quoteReplacement(name));
    }

    /** The engine quotes names where it thinks it must. */
    private static String part(String name) {
        return "(?:" + Pattern.quote(EngineNames.quoted(name)) + "|\\b" + Pattern.quote(name) + "\\b)";
    }
}

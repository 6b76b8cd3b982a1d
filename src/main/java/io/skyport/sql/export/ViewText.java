package io.skyport.sql.export;

import io.skyport.catalog.EngineSqlTokens;
import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.sql.IngestTexts;
import io.skyport.sql.dialect.EngineNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** CREATE VIEW and CREATE EXTERNAL TABLE as a client writes them, made of the engine's CREATE VIEW. */
final class ViewText {

    private final String engineText;
    private final PortableText portable;

    ViewText(String engineText, PortableText portable) {
        this.engineText = engineText;
        this.portable = portable;
    }

    String view(ObjectName name) {
        return "CREATE VIEW " + DatabaseScript.quoted(name) + " " + portable.of(behindName());
    }

    /** What it selects. */
    String query() {
        String text = behindName();
        int depth = 0;
        for (Token token : EngineSqlTokens.of(text)) {
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            if (depth == 0 && token.isWord("AS")) {
                return portable.of(text.substring(token.end()).strip());
            }
        }
        return text;
    }

    /** The columns' names, if there are any, AS and the query. */
    private String behindName() {
        List<Token> tokens = EngineSqlTokens.of(engineText);
        int at = 0;
        while (!tokens.get(at).isWord("VIEW")) {
            at++;
        }
        at++;
        while (tokens.get(at + 1).isSymbol('.')) {
            at += 2;
        }
        String text = engineText.substring(tokens.get(at).end()).strip();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    /** The reader's arguments are what the clauses were made of, columns and their types those of the view. */
    String external(Table table) {
        Table.ExternalLocation external = Objects.requireNonNull(table.external());
        List<Token> tokens = EngineSqlTokens.of(engineText);
        int reader = 0;
        while (reader < tokens.size() && !isReader(tokens.get(reader))) {
            reader++;
        }
        boolean star = reader > 1 && tokens.get(reader - 2).isSymbol('*');
        StringBuilder text = new StringBuilder("CREATE EXTERNAL TABLE " + DatabaseScript.quoted(table.name()));
        if (!star && !table.columns().isEmpty()) {
            text.append(table.columns().stream()
                    .map(column -> IngestTexts.quoted(column.name()) + " "
                            + column.type().name())
                    .collect(Collectors.joining(", ", " (", ")")));
        }
        text.append(" STORED AS ").append(external.storedAs());
        text.append(" LOCATION ").append(EngineNames.literal(external.location()));
        if (reader < tokens.size()) {
            clauses(TableText.parts(engineText.substring(tokens.get(reader).start())), table, text);
        }
        return text.toString();
    }

    private static boolean isReader(Token token) {
        return token.isName() && token.text().startsWith("read_");
    }

    /** @param arguments the files, and behind them {@code (name = value)} for each option */
    private static void clauses(List<String> arguments, Table table, StringBuilder text) {
        List<String> options = new ArrayList<>();
        boolean partitioned = false;
        List<String> partitions = List.of();
        for (String argument : arguments.subList(1, arguments.size())) {
            List<Token> tokens = EngineSqlTokens.of(argument);
            String name = tokens.get(1).text();
            if (name.equals("hive_partitioning")) {
                partitioned = true;
            } else if (name.equals("hive_types")) {
                partitions = keys(argument.substring(tokens.get(2).end(), argument.length() - 1));
            } else if (!name.equals("columns")) {
                options.add(EngineNames.literal(name) + " "
                        + value(argument.substring(tokens.get(2).end(), argument.length() - 1)
                                .strip()));
            }
        }
        if (!options.isEmpty()) {
            text.append(options.stream().collect(Collectors.joining(", ", " OPTIONS (", ")")));
        }
        if (partitioned) {
            // Where files tell the types, which columns they are makes no difference.
            List<String> known = partitions.isEmpty() ? last(table) : partitions;
            text.append(" PARTITIONED BY ").append(DatabaseScript.columns(known));
        }
    }

    private static List<String> last(Table table) {
        int columns = table.columns().size();
        return List.of(
                columns == 0 ? "partition" : table.columns().get(columns - 1).name());
    }

    /** Of a struct: {@code struct_pack(a := 'INTEGER')}. */
    private static List<String> keys(String struct) {
        return TableText.parts(struct).stream()
                .map(part -> EngineSqlTokens.of(part).get(0).text())
                .toList();
    }

    /** The engine writes booleans as casts of texts. */
    private static String value(String engineValue) {
        if (engineValue.startsWith("CAST('t'")) {
            return "true";
        }
        return engineValue.startsWith("CAST('f'") ? "false" : engineValue;
    }
}

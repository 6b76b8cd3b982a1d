package io.skyport.sql.export;

import io.skyport.catalog.Column;
import io.skyport.catalog.DatabaseDefinition.SequenceState;
import io.skyport.catalog.EngineSqlTokens;
import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.sql.IngestTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CREATE TABLE as a client writes it, made of the engine's. The engine's text lacks foreign keys within one table, and has
 * sequences in place of identities.
 */
final class TableText {

    private final Table table;
    private final String engineText;
    private final PortableText portable;
    private final Map<ObjectName, SequenceState> sequences;

    TableText(Table table, String engineText, PortableText portable, Map<ObjectName, SequenceState> sequences) {
        this.table = table;
        this.engineText = engineText;
        this.portable = portable;
        this.sequences = sequences;
    }

    /** Whether the key can be there before the rows: the engine takes no row of a table that references another of it. */
    static boolean before(Table table, ForeignKey key) {
        return key.number() == null && !key.referencedTable().equals(table.name());
    }

    String text() {
        List<String> parts = parts(engineText);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            elements.add(column(table.columns().get(i), parts.get(i)));
        }
        for (String part : parts.subList(table.columns().size(), parts.size())) {
            if (!part.isEmpty() && !EngineSqlTokens.of(part).get(0).isWord("FOREIGN")) {
                elements.add(portable.of(part));
            }
        }
        table.foreignKeys().stream()
                .filter(key -> before(table, key))
                .map(TableText::foreignKey)
                .forEach(elements::add);
        return "CREATE TABLE " + DatabaseScript.quoted(table.name())
                + elements.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"));
    }

    /** What is between the commas of the outermost parentheses. */
    static List<String> parts(String engineText) {
        List<Token> tokens = EngineSqlTokens.of(engineText);
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (Token token : tokens) {
            if (token.isSymbol('(') && depth++ == 0) {
                start = token.end();
            } else if (token.isSymbol(')') && --depth == 0 || token.isSymbol(',') && depth == 1) {
                parts.add(engineText.substring(start, token.start()).strip());
                start = token.end();
            }
        }
        return parts;
    }

    private String column(Column column, String part) {
        String behindName = part.substring(EngineSqlTokens.of(part).get(0).end());
        Identity identity = column.identity();
        String definition = identity == null
                ? portable.of(behindName)
                : behindName.replace("DEFAULT(" + column.defaultExpression() + ")", identity(identity));
        return IngestTexts.quoted(column.name()) + definition;
    }

    private String identity(Identity identity) {
        SequenceState sequence = sequences.get(identity.sequence());
        return "GENERATED " + (identity.always() ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY ("
                + (sequence == null ? "" : SequenceText.options(sequence)) + ")";
    }

    static String foreignKey(ForeignKey key) {
        return "FOREIGN KEY " + DatabaseScript.columns(key.columns()) + " REFERENCES "
                + DatabaseScript.quoted(key.referencedTable()) + " " + DatabaseScript.columns(key.referencedColumns());
    }

    /** ALTER TABLE behind the rows. */
    static String addedKey(Table table, ForeignKey key) {
        return "ALTER TABLE " + DatabaseScript.quoted(table.name()) + " ADD CONSTRAINT "
                + IngestTexts.quoted(key.name()) + " " + foreignKey(key) + " ON UPDATE "
                + key.updateRule().name().replace('_', ' ') + " ON DELETE "
                + key.deleteRule().name().replace('_', ' ');
    }
}

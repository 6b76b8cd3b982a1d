package io.skyport.sql.export;

import io.skyport.catalog.Database;
import io.skyport.catalog.EngineSqlTokens;
import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Schema;
import io.skyport.sql.dialect.EngineNames;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The engine's texts without the name of the database that they are from, so that they mean any other one as well. */
final class PortableText {

    private static final Set<String> TAKES_NAME = Set.of("nextval", "currval");

    private final String database;
    private final Set<String> schemas = new HashSet<>();

    PortableText(Database database) {
        this.database = database.name();
        for (Schema schema : database.schemas()) {
            schemas.add(schema.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Without the database where {@code database.schema.name} is meant, also in the names of sequences. */
    String of(String engineText) {
        List<Token> tokens = EngineSqlTokens.of(engineText);
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (isDatabase(tokens, i)) {
                text.append(engineText, copied, tokens.get(i).start());
                copied = tokens.get(i + 2).start();
            } else if (isSequence(tokens, i)) {
                text.append(engineText, copied, tokens.get(i).start())
                        .append(EngineNames.literal(of(tokens.get(i).text())));
                copied = tokens.get(i).end();
            }
        }
        return text.append(engineText, copied, engineText.length()).toString();
    }

    private boolean isDatabase(List<Token> tokens, int i) {
        return i + 4 < tokens.size()
                && tokens.get(i).isName(database)
                && tokens.get(i + 1).isSymbol('.')
                && tokens.get(i + 2).isName()
                && schemas.contains(tokens.get(i + 2).text().toLowerCase(Locale.ROOT))
                && tokens.get(i + 3).isSymbol('.')
                && tokens.get(i + 4).isName()
                && (i == 0 || !tokens.get(i - 1).isSymbol('.'));
    }

    private static boolean isSequence(List<Token> tokens, int i) {
        return i > 1
                && tokens.get(i).isString()
                && tokens.get(i - 1).isSymbol('(')
                && TAKES_NAME.contains(tokens.get(i - 2).text().toLowerCase(Locale.ROOT));
    }

    /** The full names of this database that a text may mean: more rather than fewer. */
    Set<ObjectName> names(String engineText) {
        List<Token> tokens = EngineSqlTokens.of(engineText);
        Set<ObjectName> names = new HashSet<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isName()
                    && tokens.get(i + 1).isSymbol('.')
                    && tokens.get(i + 2).isName()) {
                names.add(new ObjectName(
                                database,
                                tokens.get(i).text(),
                                tokens.get(i + 2).text())
                        .folded());
            }
        }
        return names;
    }
}

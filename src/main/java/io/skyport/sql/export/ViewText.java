package io.skyport.sql.export;

import io.skyport.catalog.EngineSqlTokens;
import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Objects;

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

    String external(Table table) {
        Table.ExternalLocation external = Objects.requireNonNull(table.external());
        return "CREATE EXTERNAL TABLE " + DatabaseScript.quoted(table.name()) + " STORED AS " + external.storedAs()
                + " LOCATION " + EngineNames.literal(external.location());
    }
}

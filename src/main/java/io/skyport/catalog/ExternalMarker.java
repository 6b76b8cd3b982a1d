package io.skyport.catalog;

import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.catalog.Table.ExternalLocation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mark by which a view of the engine is known as an external table: its query begins with a common table expression
 * of this name, which says where the files are. The engine has no other place to keep that.
 *
 * <pre>WITH "skyport:external" AS (SELECT 'PARQUET' AS stored_as, '/data/*.parquet' AS location) SELECT ...</pre>
 */
public final class ExternalMarker {

    /** What the names of the server's own common table expressions begin with: whoever forged one could name a file to delete. */
    public static final String RESERVED = "skyport:";

    /** The name of the common table expression. */
    public static final String NAME = RESERVED + "external";

    private static final String STORED_AS = "stored_as";
    private static final String ARROW = "ARROW";
    private static final String LOCATION = "location";

    private ExternalMarker() {}

    /** Whether users may not give a common table expression this name. */
    public static boolean isReserved(String name) {
        return name.regionMatches(true, 0, RESERVED, 0, RESERVED.length());
    }

    /** The common table expression, without WITH. */
    public static String expression(ExternalLocation external) {
        return "\"" + NAME + "\" AS (SELECT " + literal(external.storedAs()) + " AS " + STORED_AS + ", "
                + literal(external.location()) + " AS " + LOCATION + ")";
    }

    /** Reads the mark back from the engine's CREATE VIEW statement; empty if the view is just a view. */
    public static Optional<ExternalLocation> read(String createView) {
        ArrayDeque<Token> tokens = new ArrayDeque<>(EngineSqlTokens.of(createView));
        // Up to the AS that the query follows; before it there are only names and column names.
        while (!tokens.isEmpty() && !tokens.removeFirst().isWord("AS")) {}
        if (!next(tokens).isWord("WITH")
                || !next(tokens).isName(NAME)
                || !next(tokens).isWord("AS")) {
            return Optional.empty();
        }
        while (!tokens.isEmpty()
                && (tokens.peek().isWord("NOT") || tokens.peek().isWord("MATERIALIZED"))) {
            tokens.removeFirst();
        }
        if (!next(tokens).isSymbol('(') || !next(tokens).isWord("SELECT")) {
            return Optional.empty();
        }
        Optional<String> storedAs = labelled(tokens, STORED_AS);
        if (!next(tokens).isSymbol(',')) {
            return Optional.empty();
        }
        Optional<String> location = labelled(tokens, LOCATION);
        if (!next(tokens).isSymbol(')')) {
            return Optional.empty();
        }
        return storedAs.flatMap(
                format -> location.map(files -> new ExternalLocation(format.toUpperCase(Locale.ROOT), files)));
    }

    /** The same with the file that the view reads where the engine cannot read the table's own: Arrow files. */
    static Optional<ExternalLocation> withCopy(String createView) {
        return read(createView)
                .map(external -> external.storedAs().equals(ARROW)
                        ? new ExternalLocation(external.storedAs(), external.location(), copy(createView))
                        : external);
    }

    private static @Nullable String copy(String createView) {
        List<Token> tokens = EngineSqlTokens.of(createView);
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isName("read_parquet") && tokens.get(i + 2).isString()) {
                return tokens.get(i + 2).text();
            }
        }
        return null;
    }

    /** {@code 'value' AS label} */
    private static Optional<String> labelled(ArrayDeque<Token> tokens, String label) {
        Token value = next(tokens);
        boolean labelled = next(tokens).isWord("AS") & next(tokens).isName(label);
        return labelled && value.isString() ? Optional.of(value.text()) : Optional.empty();
    }

    private static Token next(ArrayDeque<Token> tokens) {
        return tokens.isEmpty() ? Token.END : tokens.removeFirst();
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}

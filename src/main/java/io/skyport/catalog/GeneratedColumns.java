package io.skyport.catalog;

import io.skyport.catalog.EngineSqlTokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds a table's generated columns: the engine tells them from columns with defaults only in CREATE TABLE. */
final class GeneratedColumns {

    private GeneratedColumns() {}

    /**
     * @param createTable the engine's statement; the columns come first in it, constraints after them
     * @param columns how many columns the table has
     * @return the names of the generated ones, as stored
     */
    static Set<String> of(String createTable, int columns) {
        List<Token> tokens = EngineSqlTokens.of(createTable);
        Set<String> generated = new HashSet<>();
        int at = 0;
        while (at < tokens.size() && !tokens.get(at).isSymbol('(')) {
            at++;
        }
        for (int column = 0; column < columns && ++at < tokens.size(); column++) {
            String name = tokens.get(at).text();
            int depth = 0;
            for (; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                if (depth == 0 && (token.isSymbol(',') || token.isSymbol(')'))) {
                    break;
                }
                depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
                if (depth == 0 && isGenerated(tokens, at)) {
                    generated.add(name);
                }
            }
        }
        return generated;
    }

    private static boolean isGenerated(List<Token> tokens, int at) {
        return at + 2 < tokens.size()
                && tokens.get(at).isWord("GENERATED")
                && tokens.get(at + 1).isWord("ALWAYS")
                && tokens.get(at + 2).isWord("AS");
    }
}

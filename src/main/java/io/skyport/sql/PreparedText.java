package io.skyport.sql;

import java.util.List;

/**
 * A statement that SQL's PREPARE named.
 *
 * @param text of the statement alone
 * @param types the engine's names of the types that its first parameters were declared to have
 */
public record PreparedText(String text, List<String> types) {

    public PreparedText {
        types = List.copyOf(types);
    }
}

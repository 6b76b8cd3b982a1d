package io.skyport.sql;

import java.util.Set;

/**
 * What kind of statement it is, for protocols that tell.
 *
 * @param name in the words that it begins with and that make its kind, in capitals: SELECT for all queries, INSERT, CREATE TABLE.
 *     That of EXECUTE is its prepared statement's
 * @param shape how what it returns is meant
 */
public record Command(String name, Shape shape) {

    /** A query. */
    public static final Command SELECT = new Command("SELECT", Shape.ROWS);

    private static final Set<String> MAKING_ROOM = Set.of("DELETE", "TRUNCATE", "CHECKPOINT", "VACUUM");

    /** Whether it is there to give disk space back. */
    public boolean makesRoom() {
        return MAKING_ROOM.contains(name) || name.startsWith("DROP ");
    }

    /** How rows are meant. */
    public enum Shape {
        /** As rows. */
        ROWS,
        /** One thing, by its properties: a row for each, with its name and its value, which is null for headings. */
        PROPERTIES,
        /** One row whose last column is a statement that makes what was asked for. */
        DEFINITION
    }
}

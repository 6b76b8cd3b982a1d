package io.skyport.catalog;

/**
 * A field of a STRUCT or a member of a UNION.
 *
 * @param written the name as the engine writes it, in quotes where it needs them; empty if it has none
 */
record Member(String written, SqlType type) {

    String name() {
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written;
    }

    @Override
    public String toString() {
        return written.isEmpty() ? type.name() : written + " " + type.name();
    }
}

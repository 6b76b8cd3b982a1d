package io.skyport.catalog;

/** The full name of a table or view, each part as stored. */
public record ObjectName(String database, String schema, String name) {

    @Override
    public String toString() {
        return database + "." + schema + "." + name;
    }
}

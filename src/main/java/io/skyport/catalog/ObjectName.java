package io.skyport.catalog;

/** The full name of a table, view or other object of a schema, each part as stored. */
public record ObjectName(String database, String schema, String name) {

    /** The same for all names that the engine takes for one. */
    public ObjectName folded() {
        return new ObjectName(NameCase.fold(database), NameCase.fold(schema), NameCase.fold(name));
    }

    @Override
    public String toString() {
        return database + "." + schema + "." + name;
    }
}

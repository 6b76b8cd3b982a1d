package io.skyport.catalog;

/** The table of types. */
final class SqlTypes {

    private SqlTypes() {}

    static SqlType parse(String engineTypeName) {
        throw new IllegalArgumentException(engineTypeName);
    }
}

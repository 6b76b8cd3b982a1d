package io.skyport.catalog;

import java.util.List;

/** A type that only the engine knows: one of an extension's or of a user's. */
record OpaqueType(String name) implements TextLikeType {

    @Override
    public String baseName() {
        return name;
    }

    @Override
    public List<SqlType> children() {
        return List.of();
    }

    @Override
    public String toString() {
        return name;
    }
}

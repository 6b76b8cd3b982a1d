package io.skyport.catalog;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An ENUM.
 *
 * @param labels in order; empty where the engine does not tell them (a prepared statement's result columns)
 */
record EnumType(List<String> labels) implements TextLikeType {

    EnumType {
        labels = List.copyOf(labels);
    }

    @Override
    public String name() {
        return labels.isEmpty()
                ? baseName()
                : labels.stream()
                        .map(label -> "'" + label.replace("'", "''") + "'")
                        .collect(Collectors.joining(", ", "ENUM(", ")"));
    }

    @Override
    public String baseName() {
        return "ENUM";
    }

    @Override
    public int precision() {
        return labels.isEmpty() ? ScalarType.VARCHAR.precision() : longestLabel();
    }

    @Override
    public int displaySize() {
        return longestLabel();
    }

    @Override
    public Searchable searchable() {
        return Searchable.FULL;
    }

    @Override
    public List<SqlType> children() {
        return List.of();
    }

    @Override
    public String toString() {
        return name();
    }

    private int longestLabel() {
        return labels.stream()
                .mapToInt(label -> label.codePointCount(0, label.length()))
                .max()
                .orElse(0);
    }
}

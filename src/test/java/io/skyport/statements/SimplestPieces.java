package io.skyport.statements;

import java.util.Map;
import java.util.Optional;

/** The simplest expression of each kind. */
final class SimplestPieces {

    private static final Map<String, String> LITERALS = Map.of(
            "INTEGER", "1",
            "BIGINT", "CAST(1 AS BIGINT)",
            "DOUBLE", "1e0",
            "DECIMAL", "1.5",
            "VARCHAR", "'x'",
            "BOOLEAN", "TRUE",
            "DATE", "DATE '2020-01-01'",
            "TIMESTAMP", "TIMESTAMP '2020-01-01 00:00:00'",
            "LIST", "ARRAY[1]");

    private SimplestPieces() {}

    static Optional<SqlTree> of(String kind) {
        return Optional.ofNullable(LITERALS.get(kind)).map(literal -> SqlTree.of(kind, literal));
    }
}

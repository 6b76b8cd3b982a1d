package io.skyport.statements;

import io.skyport.error.SqlPosition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a statement was answered with. */
sealed interface Answer {

    /** @param type the SQL type that was computed, by its full name */
    record Column(String name, String type) {
        @Override
        public String toString() {
            return name + " " + type;
        }
    }

    /** @param rows values as the engine casts them to VARCHAR */
    record Rows(List<Column> columns, List<List<@Nullable String>> rows) implements Answer {}

    /** Rows affected; 0 for what affects none. */
    record Count(long rows) implements Answer {}

    /** @param failedAt in the text, or null */
    record Failure(
            String sqlState, String message, @Nullable SqlPosition failedAt) implements Answer {

        Optional<SqlPosition> position() {
            return Optional.ofNullable(failedAt);
        }

        @Override
        public String toString() {
            return sqlState + ": " + message;
        }
    }
}

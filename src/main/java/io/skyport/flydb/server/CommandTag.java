package io.skyport.flydb.server;

import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SessionChange;
import java.util.Set;

/** What a result says that is no rows, in the words of FlyDB's own server ("INSERT 2", "CREATE TABLE OK"). */
record CommandTag(CompiledStatement statement) {

    private static final Set<String> COUNTED = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "MOVE");

    private String command() {
        return statement.command().name();
    }

    /** For rows of a query, or of what it wrote. */
    String text(long rows) {
        return (COUNTED.contains(command()) ? command() : "SELECT") + " " + rows;
    }

    /**
     * For a statement without rows.
     *
     * @param switchedTo the session's database, if dropping another one has made it that, else empty
     */
    String text(long count, String switchedTo) {
        if (COUNTED.contains(command())) {
            return command() + " " + count;
        }
        SessionChange change = statement.change();
        if (change instanceof SessionChange.Transaction transaction) {
            return command() + savepoint(transaction);
        }
        String tag = command()
                + (change instanceof SessionChange.Use use && command().equals("USE") ? " " + place(use) : "") + " OK";
        boolean drops = command().equals("DROP DATABASE") && !switchedTo.isEmpty();
        return drops ? tag + " (switched to " + switchedTo + ")" : tag;
    }

    private static String savepoint(SessionChange.Transaction change) {
        if (change instanceof SessionChange.Savepoint savepoint) {
            return " " + savepoint.name();
        } else if (change instanceof SessionChange.RollbackTo back) {
            return " " + back.name();
        }
        return change instanceof SessionChange.Release release ? " " + release.name() : "";
    }

    private static String place(SessionChange.Use use) {
        return use.schema().equals("main") ? use.database() : use.database() + "." + use.schema();
    }
}

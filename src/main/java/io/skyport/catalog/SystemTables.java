package io.skyport.catalog;

import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineColumn;
import io.skyport.engine.EngineConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables of {@link Engine#SYSTEM_DATABASE}, in which the server tells about itself. Each has a column {@link #USER}: a user sees his
 * own rows, whoever has the role admin all. They are read by queries only.
 */
public final class SystemTables {

    /** Whose a row is. */
    public static final String USER = "user_name";

    /** Statements that have ended; kept in the database's file. */
    public static final Table QUERIES = table(
            "queries",
            "Statements that have ended",
            text("query_id"),
            text("session_id"),
            text(USER),
            text("protocol"),
            text("client_address"),
            text("sql_text"),
            text("kind"),
            time("started_at"),
            milliseconds("compile_ms"),
            milliseconds("queue_ms"),
            milliseconds("engine_ms"),
            milliseconds("first_batch_ms"),
            milliseconds("total_ms"),
            count("row_count"),
            count("byte_count"),
            count("peak_memory_bytes"),
            text("status"),
            text("sqlstate"));

    /** Statements that run or wait for their turn; made when it is read. */
    public static final Table RUNNING_QUERIES = table(
            "running_queries",
            "Statements that run or wait to run",
            text("query_id"),
            text("session_id"),
            text(USER),
            text("protocol"),
            text("client_address"),
            text("sql_text"),
            text("kind"),
            text("phase"),
            time("started_at"),
            milliseconds("elapsed_ms"),
            count("row_count"),
            count("byte_count"));

    /** Sessions that are open; made when it is read. */
    public static final Table SESSIONS = table(
            "sessions",
            "Open sessions",
            text("session_id"),
            text(USER),
            text("protocol"),
            text("client_address"),
            text("database_name"),
            text("schema_name"),
            time("opened_at"),
            count("running_queries"),
            count("prepared_statements"),
            count("cursors"),
            count("transactions"));

    private static final List<Table> ALL = List.of(QUERIES, RUNNING_QUERIES, SESSIONS);

    private SystemTables() {}

    public static List<Table> all() {
        return ALL;
    }

    /** The database with its tables, as catalogs list them. */
    public static Database database() {
        return new Database(
                Engine.SYSTEM_DATABASE,
                List.of(new Schema(Engine.SYSTEM_DATABASE, Engine.DEFAULT_SCHEMA, ALL, null)),
                null);
    }

    /** Whether a database's name is the server's own. */
    public static boolean reserves(String database) {
        return NameCase.same(database, Engine.SYSTEM_DATABASE);
    }

    /** The table that a name of two or three parts means, if its first one is the database. */
    public static Optional<Table> find(List<String> parts) {
        int last = parts.size() - 1;
        boolean there = last == 1 || (last == 2 && NameCase.same(parts.get(1), Engine.DEFAULT_SCHEMA));
        return there && reserves(parts.get(0))
                ? ALL.stream()
                        .filter(table -> NameCase.same(table.name().name(), parts.get(last)))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Makes the tables whose rows are kept. What an older server has kept in other columns is dropped.
     *
     * @throws io.skyport.error.SkyportException if the engine cannot
     */
    public static void create(Connections engine) {
        String name = "\"" + Engine.SYSTEM_DATABASE + "\".\"" + Engine.DEFAULT_SCHEMA + "\".\""
                + QUERIES.name().name() + "\"";
        try (EngineConnection connection = engine.acquire()) {
            String columns = engineColumns(QUERIES).stream()
                    .map(column -> "\"" + column.name() + "\" " + column.typeName())
                    .collect(Collectors.joining(", "));
            long unused = connection.update("CREATE TABLE IF NOT EXISTS " + name + "(" + columns + ")", List.of());
            if (!connection.describe("FROM " + name).columns().equals(engineColumns(QUERIES))) {
                unused = connection.update("CREATE OR REPLACE TABLE " + name + "(" + columns + ")", List.of());
            }
        }
    }

    /** The columns of a table with the engine's names of their types. */
    public static List<EngineColumn> engineColumns(Table table) {
        return table.columns().stream()
                .map(column -> new EngineColumn(column.name(), column.type().name()))
                .toList();
    }

    /** A column without its place. */
    private record Draft(String name, ScalarType type) {}

    private static Draft text(String name) {
        return new Draft(name, ScalarType.VARCHAR);
    }

    private static Draft count(String name) {
        return new Draft(name, ScalarType.BIGINT);
    }

    private static Draft milliseconds(String name) {
        return new Draft(name, ScalarType.DOUBLE);
    }

    private static Draft time(String name) {
        return new Draft(name, ScalarType.TIMESTAMP_WITH_TIME_ZONE);
    }

    private static Table table(String name, String comment, Draft... drafts) {
        List<Column> columns = new ArrayList<>();
        for (Draft draft : drafts) {
            columns.add(new Column(
                    draft.name(), SqlTypes.of(draft.type()), true, columns.size() + 1, null, false, false, null));
        }
        return new Table(
                new ObjectName(Engine.SYSTEM_DATABASE, Engine.DEFAULT_SCHEMA, name),
                TableKind.SYSTEM_TABLE,
                columns,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                comment);
    }
}

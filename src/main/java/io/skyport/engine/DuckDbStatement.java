package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSetMetaData;
import org.duckdb.StatementReturnType;
import org.jspecify.annotations.Nullable;

/**
 * A statement about to run, which DuckDB plans in the transaction that it runs in: prepared, with a parameter at least, or
 * not prepared at all.
 */
final class DuckDbStatement {

    private final PooledConnection connection;
    private final String sql;
    private final DuckDBPreparedStatement statement;
    private final boolean prepared;

    private DuckDbStatement(
            PooledConnection connection, String sql, DuckDBPreparedStatement statement, boolean prepared) {
        this.connection = connection;
        this.sql = sql;
        this.statement = statement;
        this.prepared = prepared;
    }

    /**
     * @param parameters how many values it will get
     * @param rows whether it must return some, which is found out before it runs
     * @throws SkyportException 08P01 if it has another number of parameters, 42000 if it returns no rows
     */
    static DuckDbStatement of(PooledConnection connection, String sql, int parameters, boolean rows)
            throws SQLException {
        boolean unread = PreparedText.of(sql).hasUnreadParameter();
        boolean prepared = unread || parameters > 0;
        if (prepared || rows || PreparedText.mayHaveParameters(sql)) {
            DuckDBPreparedStatement statement = connection.prepare(sql);
            require(statement, unread ? 1 : 0, parameters, rows);
            if (prepared) {
                return new DuckDbStatement(connection, sql, statement, true);
            }
            statement.close();
        }
        return new DuckDbStatement(connection, sql, connection.unprepared(), false);
    }

    private static void require(DuckDBPreparedStatement statement, int unread, int values, boolean rows)
            throws SQLException {
        int count = statement.getParameterMetaData().getParameterCount() - unread;
        boolean returnsRows =
                ((DuckDBResultSetMetaData) statement.getMetaData()).getReturnType() == StatementReturnType.QUERY_RESULT;
        if (count == values && (returnsRows || !rows)) {
            return;
        }
        statement.close();
        throw count == values
                ? new SkyportException(ErrorCode.SYNTAX_OR_ACCESS_RULE_VIOLATION, "the statement returns no rows")
                : new SkyportException(
                        ErrorCode.PROTOCOL_VIOLATION,
                        "the statement has " + count + " parameters, but " + values + " values were bound");
    }

    void bind(List<? extends @Nullable Object> values) throws SQLException {
        if (!prepared) {
            return;
        }
        if (values.isEmpty()) {
            statement.setObject(1, null);
        }
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, Parameters.duckdb(values.get(i)));
        }
    }

    /** Runs it; the result is null for a statement without one. */
    @Nullable
    ResultSet execute() throws SQLException {
        boolean result = prepared ? statement.execute() : statement.execute(Sql.requireStatement(sql));
        return result ? statement.getResultSet() : null;
    }

    /** How many rows it changed; -1 if it has a result. */
    long updateCount() throws SQLException {
        return statement.getLargeUpdateCount();
    }

    DuckDBPreparedStatement duckdb() {
        return statement;
    }

    /** It ran without a failure. */
    void done() throws SQLException {
        if (prepared) {
            connection.keep(sql, statement);
        } else {
            statement.close();
        }
    }

    /** It is not run again. */
    void close() throws SQLException {
        statement.close();
    }
}

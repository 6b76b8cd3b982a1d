package io.skyport.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** By JDBC with prepared statements, transactions in SQL. */
final class JdbcBank implements Bank {

    /** Opens one more connection. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** Reads the one number of a result. */
    interface Reading {
        long of(PreparedStatement query) throws Exception;
    }

    private final Connector connector;
    private final Reading reading;
    private final Connection first;

    JdbcBank(Connector connector, Reading reading) throws SQLException {
        this.connector = connector;
        this.reading = reading;
        this.first = connector.connect();
    }

    /** Row by row. */
    static long readRow(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void update(String sql) throws SQLException {
        try (Statement statement = first.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Teller teller() throws SQLException {
        return new JdbcTeller(connector.connect());
    }

    @Override
    public void close() throws SQLException {
        first.close();
    }

    private final class JdbcTeller implements Teller {

        private final Connection connection;
        private final Statement transaction;
        private PreparedStatement balance;
        private PreparedStatement change;
        private PreparedStatement recording;

        JdbcTeller(Connection connection) throws SQLException {
            this.connection = connection;
            this.transaction = connection.createStatement();
            this.balance = connection.prepareStatement(BALANCE);
            this.change = connection.prepareStatement(CHANGE);
            this.recording = connection.prepareStatement(RECORD);
        }

        @Override
        public void begin() throws SQLException {
            transaction.execute("BEGIN TRANSACTION");
        }

        @Override
        public long balance(long account) throws Exception {
            balance.setLong(1, account);
            return reading.of(balance);
        }

        @Override
        public void change(long account, long by) throws SQLException {
            change.setLong(1, by);
            change.setLong(2, account);
            change.executeUpdate();
        }

        @Override
        public void record(long id, long source, long target, long amount) throws SQLException {
            recording.setLong(1, id);
            recording.setLong(2, source);
            recording.setLong(3, target);
            recording.setLong(4, amount);
            recording.executeUpdate();
        }

        @Override
        public void commit() throws SQLException {
            transaction.execute("COMMIT");
        }

        @Override
        public void rollback() throws SQLException {
            try {
                transaction.execute("ROLLBACK");
            } catch (SQLException e) {
                if (!e.getMessage().contains("o transaction")) {
                    throw e;
                }
                // A commit that failed has ended it.
            }
            // DuckDB's driver closes a statement that fails.
            balance = again(balance, BALANCE);
            change = again(change, CHANGE);
            recording = again(recording, RECORD);
        }

        private PreparedStatement again(PreparedStatement statement, String sql) throws SQLException {
            return statement.isClosed() ? connection.prepareStatement(sql) : statement;
        }

        @Override
        public boolean isConflict(Exception failure) {
            String text = String.valueOf(failure.getMessage());
            return text.contains("onflict") || text.contains("40001");
        }

        @Override
        public void close() throws SQLException {
            // Arrow's driver leaks what is not closed before its connection.
            for (Statement statement : List.of(transaction, balance, change, recording)) {
                statement.close();
            }
            connection.close();
        }
    }
}

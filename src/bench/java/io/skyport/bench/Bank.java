package io.skyport.bench;

import java.util.List;

/**
 * Accounts and transfers between them, kept by one kind of server or engine: each kind of client is another one. All have
 * the same data.
 */
interface Bank extends AutoCloseable {

    String BALANCE = "SELECT balance FROM account WHERE id = ?";
    String CHANGE = "UPDATE account SET balance = balance + ? WHERE id = ?";
    String RECORD = "INSERT INTO transfer VALUES (?, ?, ?, ?)";

    /** In tables of all these accounts that nothing has been transferred between. */
    static List<String> tables(long accounts) {
        return List.of(
                "CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)",
                "CREATE TABLE transfer (id BIGINT PRIMARY KEY, source BIGINT, target BIGINT, amount BIGINT)",
                "INSERT INTO account SELECT i, 1000 FROM generate_series(0, " + (accounts - 1) + ") AS g(i)");
    }

    /** Drops what {@link #tables} made. */
    static List<String> dropping() {
        return List.of("DROP TABLE transfer", "DROP TABLE account");
    }

    /** Runs a statement that gives no rows and commits by itself. */
    void update(String sql) throws Exception;

    /** A client of its own. */
    Teller teller() throws Exception;

    @Override
    void close() throws Exception;
}

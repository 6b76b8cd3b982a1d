package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.EngineStream;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlContext;
import java.util.function.Supplier;

/** In what statements run: each in a transaction of its own, or all in one. Thread-safe. */
sealed interface Scope permits Autocommit, Transaction {

    /** In what a session with {@code context} compiles here. */
    SqlContext context(SqlContext context);

    /** The same for what asks for the time. */
    SqlContext timed(SqlContext context);

    /** Where a query runs now. Fails with what forbids it. */
    Connections reading(CompiledStatement query);

    /**
     * Starts a query.
     *
     * @param waiting ends its waits for the commits of others
     * @param start starts it in the engine, once more if it is asked again
     */
    default EngineStream start(CompiledStatement query, Cancellation waiting, Supplier<EngineStream> start) {
        return start.get();
    }

    /**
     * Runs a statement that is no query, all or nothing.
     *
     * @return the affected rows
     */
    long write(CompiledStatement statement, Work work);

    /** Runs what the engine does by itself, in no transaction. Fails with what forbids it. */
    void outside(CompiledStatement statement, Runnable work);

    /** A statement that was begun here did not succeed. */
    void failed(SkyportException failure);

    /** Says that something is under way here until the returned is closed. */
    default Use use() {
        return () -> {};
    }

    /** Ends a {@link #use}. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /** What to do once what was written is there for all. */
    void afterCommit(Runnable work);
}

package io.skyport.engine;

import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the engine, leased from {@link Engine#acquire()} and given back by {@link #close()}.
 *
 * <p>Used by one thread at a time, except {@link #interrupt()} and {@link #progress()}. Carries no session state but an
 * open transaction and temporary tables; closing rolls an open transaction back. Every failure is a
 * {@link io.skyport.error.SkyportException} with its SQLSTATE; a position in it refers to the engine SQL.
 *
 * <p>Parameter values are Java values by type: Boolean, Byte to Long, BigInteger, BigDecimal, Float, Double, String, byte[],
 * LocalDate, LocalTime, OffsetTime, LocalDateTime, OffsetDateTime, Instant, UUID, Period, Duration and Arrow's
 * PeriodDuration (intervals), List, Map (the SQL type MAP), {@link StructValue}, or null; {@link ArrowValues} makes them of
 * Arrow rows. What DuckDB's parameters have no type for is bound as text: OffsetTime, intervals, integers beyond HUGEINT,
 * LocalDateTime with nanoseconds; where the context does not tell the type, the SQL needs a CAST around the parameter.
 */
public interface EngineConnection extends AutoCloseable {

    /** Prepares {@code sql} and tells its result and parameters; runs nothing. */
    StatementDescription describe(String sql);

    /**
     * Starts a query and streams its result. The stream takes this connection with it: closing the stream closes the
     * connection (gives it back).
     */
    EngineStream query(String sql, List<? extends @Nullable Object> parameters);

    /** Runs a statement and returns the affected rows, 0 for DDL. */
    long update(String sql, List<? extends @Nullable Object> parameters);

    /**
     * Runs a statement that gives rows to its end. {@code batches} takes each batch as it comes and transfers out what it
     * keeps; where it throws, the statement is stopped, and what it did is undone by {@link #rollback()} alone.
     *
     * @return how many rows there were
     */
    long update(String sql, List<? extends @Nullable Object> parameters, Consumer<VectorSchemaRoot> batches);

    /**
     * Runs DDL whose unqualified names mean {@code database.schema}. Needed for FOREIGN KEY alone: DuckDB refuses a
     * qualified database in REFERENCES and looks {@code schema.table} up in the connection's current database. The
     * connection is not reused afterwards.
     *
     * @return 0
     */
    long updateIn(String database, String schema, String sql);

    /**
     * Runs a statement that reads the Arrow stream {@code input} under the table name {@code streamName}, once, and
     * returns the affected rows. The stream is read on the engine's threads while the statement runs and is not closed.
     */
    long ingest(String sql, String streamName, ArrowReader input);

    /** The same for a statement that gives rows, which {@code batches} takes; returns how many there were. */
    long ingest(String sql, String streamName, ArrowReader input, Consumer<VectorSchemaRoot> batches);

    /**
     * Appends rows to a table of {@link Engine#SYSTEM_DATABASE}, in the open transaction, or else all or none.
     *
     * @param rows with a String, Long, Double, {@link java.time.Instant} or null for each of the table's columns
     */
    void append(String table, List<? extends List<? extends @Nullable Object>> rows);

    void begin();

    void commit();

    void rollback();

    /** Whether a transaction is open, in a failed state or not. */
    boolean inTransaction();

    /**
     * Makes what runs on this connection stop soon with 57014, and all that would begin on it before it is given back, but
     * for {@link #rollback()}; what is being committed is. Safe from any thread, at any time.
     */
    void interrupt();

    /** Share of the running query that is done, 0 to 1, or -1 if unknown. Safe from any thread. */
    double progress();

    @Override
    void close();
}

package io.skyport.session;

import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.function.Supplier;

/**
 * A statement that was executed, as far as its kind runs eagerly, and whose rows wait to be fetched once.
 *
 * <p>Obtained from a {@link Session}; found again by its handle through {@link Executions#take}.
 */
public final class Execution {

    /** The {@link #updateCount()} of a query. */
    public static final long UNKNOWN_COUNT = -1;

    private final String handle = Handles.next();
    private final String user;
    private final List<ResultColumn> columns;
    private final long updateCount;
    private final Supplier<ResultStream> rows;
    private final Runnable discard;

    /** @param discard frees what the execution holds while its rows are not opened; called at most once */
    Execution(
            String user, List<ResultColumn> columns, long updateCount, Supplier<ResultStream> rows, Runnable discard) {
        this.user = user;
        this.columns = columns;
        this.updateCount = updateCount;
        this.rows = rows;
        this.discard = discard;
    }

    /** Opaque and unguessable; valid until the rows are fetched or {@code skyport.session.result-timeout} is over. */
    public String handle() {
        return handle;
    }

    /** Who may fetch the rows. */
    public String user() {
        return user;
    }

    /** The columns of the rows; none if the statement gives no rows. They travel in their types' wire form. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** Rows affected by DML, 0 for DDL, {@link #UNKNOWN_COUNT} for a query. */
    public long updateCount() {
        return updateCount;
    }

    /** Starts to produce the rows, for a query by starting it in the engine. To be called once, by the thread that reads. */
    public ResultStream open() {
        return rows.get();
    }

    /** Gives the rows up in place of {@link #open()}. */
    public void discard() {
        discard.run();
    }
}

package io.skyport.session;

import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A statement that runs now, or waits to, and how far it is. What changes is as of each call. Thread-safe.
 *
 * <p>Found through {@link Sessions#statements()}, stopped by {@link Sessions#cancel(String)} with its {@link #id()}.
 */
public interface RunningStatement {

    /** What a statement does at one time. */
    enum Phase {
        COMPILING,
        /** Waits until fewer others run. */
        QUEUED,
        /** Runs in the engine, or gives rows to its client. */
        RUNNING,
        /** Rests until its client asks for (more) rows; no time of it counts. */
        IDLE,
        ENDED
    }

    /** Unique over all starts of the server, and no secret. */
    String id();

    /** The {@link Session#tag()} of its session. */
    String session();

    String user();

    Caller caller();

    /** As its client wrote it, literals included. */
    String text();

    /** Empty until it is compiled. */
    Optional<StatementKind> kind();

    /** When it came. */
    Instant started();

    /** How long it has taken until now, without the time in which its client had not asked for its rows. */
    Duration elapsed();

    Phase phase();

    /** Rows delivered until now. */
    long rows();

    /** Arrow buffer bytes delivered until now. */
    long bytes();
}

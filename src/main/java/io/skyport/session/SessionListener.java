package io.skyport.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what sessions do; implemented by observability. Every bean of this type is told, in their order.
 *
 * <p>Called on the threads that do the work, while a client waits: an implementation returns within microseconds, takes no lock
 * that others hold for long, never blocks and never throws. What takes longer (writing a history, logging) it puts into a bounded
 * queue of its own, and drops when that is full. Nothing is told per batch or row.
 */
public interface SessionListener {

    /** A listener that ignores everything. */
    SessionListener NONE = new SessionListener() {};

    default void sessionOpened(Session session) {}

    default void sessionClosed(Session session) {}

    default void streamOpened() {}

    default void streamClosed() {}

    /**
     * A statement reached its end, whichever it was. Told once for each statement that was to run, on whatever thread it ended,
     * also if it did not compile, was refused its turn or was cancelled; and for each text that was prepared or described and did
     * not compile. Not told: what was only described, and a query whose rows were never asked for. Each fetch of a keyset or
     * dynamic cursor runs a statement; a bulk ingest is one.
     */
    default void statementFinished(FinishedStatement statement) {}

    /**
     * The same for who wants to know more; one of the three is told.
     *
     * @param call what it asked of the engine; null for nothing, or rows that came as a stream. Not to be kept for long: its values may
     *     be large
     */
    default void statementFinished(FinishedStatement statement, @Nullable EngineCall call) {
        statementFinished(statement);
    }

    /** @param when each phase of it was */
    default void statementFinished(FinishedStatement statement, @Nullable EngineCall call, Timeline when) {
        statementFinished(statement, call);
    }

    /** One that tells several. */
    static SessionListener of(List<SessionListener> listeners) {
        return listeners.size() == 1 ? listeners.get(0) : new SessionListeners(listeners);
    }
}

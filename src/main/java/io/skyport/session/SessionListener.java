package io.skyport.session;

/**
 * Hears what sessions do; implemented by observability. Called on the threads that do the work: returns fast, never
 * throws.
 */
public interface SessionListener {

    /** A listener that ignores everything. */
    SessionListener NONE = new SessionListener() {};

    default void sessionOpened(Session session) {}

    default void sessionClosed(Session session) {}

    default void streamOpened() {}

    default void streamClosed() {}

    /** A statement reached its end, whichever it was; exactly once per execution or failed compilation. */
    default void statementFinished(FinishedStatement statement) {}
}

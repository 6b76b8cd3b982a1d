package io.skyport.session;

import org.slf4j.MDC;

/**
 * Names the statement that a thread works for in all that the thread logs, in the mapped diagnostic context. Set when a statement begins
 * on a thread, or goes on there; it stays until the thread has another one, or whoever gave the thread its work says that this is done:
 * also what is logged of a failed statement afterwards belongs to it.
 */
public final class LogContext {

    /** {@link RunningStatement#id()}. */
    public static final String QUERY_ID = "query_id";

    /** {@link Session#tag()}. */
    public static final String SESSION_ID = "session_id";

    private LogContext() {}

    static void enter(RunningStatement statement) {
        MDC.put(QUERY_ID, statement.id());
        MDC.put(SESSION_ID, statement.session());
    }

    /** The thread works for no statement any more. */
    public static void leave() {
        MDC.remove(QUERY_ID);
        MDC.remove(SESSION_ID);
    }
}

package io.skyport.session;

import java.util.function.Supplier;

/**
 * Whose statements they are.
 *
 * @param session the {@link Session#tag()}
 * @param caller where the current call comes from; asked on its thread
 */
record Author(String session, String user, Supplier<Caller> caller, SessionListener listener) {

    /** Begins to time a statement. */
    StatementClock clock(String text) {
        StatementClock clock = new StatementClock(this, text);
        LogContext.enter(clock);
        return clock;
    }
}

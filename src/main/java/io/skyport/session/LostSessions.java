package io.skyport.session;

/**
 * Remembers which sessions held something that their clients count on, so that none of them ever gets a new session without
 * noticing: not after the session was closed or was idle for too long, and not after the server was started again, as
 * tokens outlive that. Thread-safe.
 */
interface LostSessions {

    /** Remembers a session that holds something from now on. */
    void remember(String sessionId);

    /** Whether a session of this id held something. If it does not live any more, it is lost. */
    boolean remembers(String sessionId);
}

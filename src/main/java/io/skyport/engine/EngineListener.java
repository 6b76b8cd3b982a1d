package io.skyport.engine;

import io.skyport.error.SkyportException;
import java.time.Duration;

/**
 * Hears what happens to the engine. Called on the thread where it happens, so implementations return at once, throw
 * nothing and do not call the engine.
 */
public interface EngineListener {

    /** A connection was leased after waiting for {@code waited}. */
    default void connectionLeased(Duration waited) {}

    /** A lease of {@code held} ended. */
    default void connectionReturned(Duration held) {}

    /** No connection came free within {@code skyport.engine.acquire-timeout}. */
    default void connectionRefused() {}

    /** The engine declared its databases invalid and is being reopened; until {@link #reopened} nothing runs. */
    default void reopening(SkyportException cause) {}

    /** An attempt to reopen failed; another one follows. */
    default void reopenFailed(SkyportException cause) {}

    /** Statements run again, {@code outage} after {@link #reopening}. */
    default void reopened(Duration outage) {}
}

package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;

/**
 * A caller's way to stop a verb that runs on another thread: the only call that crosses threads.
 *
 * <p>Thread-safe. Cancelling is idempotent, and what starts after it fails at once.
 */
public final class Cancellation {

    private final List<Runnable> interrupts = new ArrayList<>(1);
    private boolean cancelled;

    /** Stops whatever runs under this now, and all that would start later. Returns without waiting for it. */
    public void cancel() {
        List<Runnable> running;
        synchronized (this) {
            cancelled = true;
            running = List.copyOf(interrupts);
        }
        running.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Runs {@code interrupt} on cancel until the returned registration is closed.
     *
     * @throws SkyportException 57014 if it is cancelled already
     */
    Registration onCancel(Runnable interrupt) {
        synchronized (this) {
            if (cancelled) {
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
            }
            interrupts.add(interrupt);
        }
        return () -> {
            synchronized (this) {
                interrupts.remove(interrupt);
            }
        };
    }

    /** Ends an {@link #onCancel}. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A caller's way to stop a verb that runs on another thread, and to ask how far it is: the only calls that cross threads.
 *
 * <p>Thread-safe. Cancelling is idempotent, and what starts after it fails at once.
 */
public final class Cancellation {

    private static final double UNKNOWN_PROGRESS = -1;

    private final List<Running> running = new ArrayList<>(1);
    private boolean cancelled;

    private record Running(Runnable interrupt, DoubleSupplier progress) {}

    /** Stops whatever runs under this now, and all that would start later. Returns without waiting for it. */
    public void cancel() {
        List<Running> stopped;
        synchronized (this) {
            cancelled = true;
            stopped = List.copyOf(running);
        }
        stopped.forEach(work -> work.interrupt().run());
    }

    /** Share of what runs under this that is done, 0 to 1, or -1 if that is unknown. */
    public double progress() {
        List<Running> asked;
        synchronized (this) {
            asked = List.copyOf(running);
        }
        return asked.stream()
                .mapToDouble(work -> work.progress().getAsDouble())
                .max()
                .orElse(UNKNOWN_PROGRESS);
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
        return onCancel(interrupt, () -> UNKNOWN_PROGRESS);
    }

    /** @param progress of what runs, 0 to 1, or -1 if unknown; asked for by any thread */
    Registration onCancel(Runnable interrupt, DoubleSupplier progress) {
        Running work = new Running(interrupt, progress);
        synchronized (this) {
            if (cancelled) {
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
            }
            running.add(work);
        }
        return () -> {
            synchronized (this) {
                running.remove(work);
            }
        };
    }

    /** Ends an {@link #onCancel}. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

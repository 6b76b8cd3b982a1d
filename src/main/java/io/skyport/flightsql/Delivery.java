package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.function.Supplier;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Sends one result to one client: the body of DoGet, on a thread of its own, because blocking gRPC's thread would keep
 * the news that the client is ready, or gone, from arriving.
 *
 * <p>A slice is made only when the client is ready for it, so a slow reader costs the bytes of
 * {@code skyport.flightsql.max-queued-bytes} and no more. When the client goes away, the engine is interrupted at once.
 * Everything is freed before the client hears that the stream has ended.
 */
final class Delivery implements Runnable {

    /** How long after it was stopped a result ends whose client does not read, at most. */
    private static final long STOPPED_AFTER_MILLIS = 20;

    private final ServerStreamListener client;
    private final Supplier<Batches> source;
    private final SliceLimits limits;
    private final BufferAllocator allocator;
    private final Backpressure backpressure = new Backpressure();
    private @Nullable Batches open;
    private boolean cancelled;

    /**
     * To be called on gRPC's thread, which then returns.
     *
     * @param source opened on the thread that runs this
     */
    Delivery(ServerStreamListener client, Supplier<Batches> source, SliceLimits limits, BufferAllocator allocator) {
        this.client = client;
        this.source = source;
        this.limits = limits;
        this.allocator = allocator;
        backpressure.register(client);
    }

    @Override
    public void run() {
        try {
            send();
        } catch (RuntimeException | Error e) {
            client.error(RpcErrors.toStatus(e)); // who is not answered waits for ever
            return;
        }
        client.completed();
    }

    private void send() {
        try (Batches batches = source.get();
                BatchSlicer slicer = new BatchSlicer(batches.schema(), limits, allocator)) {
            interruptOnCancel(batches);
            client.setUseZeroCopy(true);
            client.start(slicer.slice());
            while (batches.next()) {
                send(batches, slicer);
            }
        } finally {
            interruptOnCancel(null);
        }
    }

    private void send(Batches batches, BatchSlicer slicer) {
        slicer.load(batches.root());
        boolean goesOn = awaitReady(batches);
        while (goesOn && slicer.next()) {
            client.putNext();
            goesOn = awaitReady(batches);
        }
    }

    /** Whether to go on with the batch; not if the rows were stopped, which the next batch will tell. */
    private boolean awaitReady(Batches batches) {
        WaitResult result;
        do {
            // A client that does not read must not keep from ending what a timeout has stopped.
            result = client.isCancelled() ? WaitResult.CANCELLED : backpressure.waitForListener(STOPPED_AFTER_MILLIS);
        } while (result == WaitResult.TIMEOUT && !batches.interrupted());
        switch (result) {
            case READY -> {
                return true;
            }
            case CANCELLED ->
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "The client cancelled the stream or went away");
            case TIMEOUT -> {
                return false;
            }
            case OTHER -> throw new SkyportException(ErrorCode.ADMIN_SHUTDOWN, "The server is shutting down");
        }
        throw new IllegalStateException(result.toString());
    }

    private void interruptOnCancel(@Nullable Batches batches) {
        boolean tooLate;
        synchronized (this) {
            open = batches;
            tooLate = cancelled || client.isCancelled();
        }
        if (tooLate && batches != null) {
            batches.interrupt();
        }
    }

    private void cancel() {
        Batches running;
        synchronized (this) {
            cancelled = true;
            running = open;
        }
        if (running != null) {
            running.interrupt();
        }
    }

    /** Wakes the sender when the client is ready again, and stops it when the client is gone. */
    private final class Backpressure extends CallbackBackpressureStrategy {
        @Override
        protected void cancelCallback() {
            cancel();
        }
    }
}

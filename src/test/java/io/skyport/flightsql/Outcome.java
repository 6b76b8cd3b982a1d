package io.skyport.flightsql;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a client hears of a call. */
final class Outcome<T> implements StreamObserver<T> {

    private final List<T> messages = new ArrayList<>();
    private final CompletableFuture<Status> status = new CompletableFuture<>();
    private final CompletableFuture<T> first = new CompletableFuture<>();

    @Override
    public synchronized void onNext(T message) {
        messages.add(message);
        first.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
        status.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        status.complete(Status.OK);
    }

    /** Waits for the end of the call. */
    Status status() {
        return status.orTimeout(20, TimeUnit.SECONDS).join();
    }

    Status.Code code() {
        return status().getCode();
    }

    /** Waits for the first message. */
    T first() {
        return first.orTimeout(20, TimeUnit.SECONDS).join();
    }

    synchronized List<T> messages() {
        return List.copyOf(messages);
    }

    /** The status that a blocking call fails with. */
    static Status of(Runnable call) {
        try {
            call.run();
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }
}

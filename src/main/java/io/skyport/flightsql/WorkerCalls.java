package io.skyport.flightsql;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.skyport.error.SkyportException;

/**
 * Answers unary calls on threads of ours: what they run may wait for its turn, and gRPC's threads are not there to wait.
 *
 * @param <Q> the method's question
 * @param <A> its answer
 */
final class WorkerCalls<Q, A> implements ServerCallHandler<Q, A> {

    private final ServerCallHandler<Q, A> calls;
    private final Workers workers;

    WorkerCalls(ServerCallHandler<Q, A> calls, Workers workers) {
        this.calls = calls;
        this.workers = workers;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata headers) {
        return new SimpleForwardingServerCallListener<>(calls.startCall(call, headers)) {
            @Override
            public void onHalfClose() {
                try {
                    workers.run(this::answer);
                } catch (SkyportException e) {
                    new CallEnd(call).fail(e);
                }
            }

            private void answer() {
                try {
                    super.onHalfClose();
                } catch (Error e) {
                    new CallEnd(call).fail(e); // Arrow's handler answers exceptions only
                }
            }
        };
    }
}

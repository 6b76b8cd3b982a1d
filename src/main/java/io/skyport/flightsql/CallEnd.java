package io.skyport.flightsql;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a call once, whichever of its threads comes first. */
final class CallEnd {

    private final ServerCall<?, ?> call;
    private final AtomicBoolean ended = new AtomicBoolean();

    CallEnd(ServerCall<?, ?> call) {
        this.call = call;
    }

    /** Runs the answer, which closes the call, unless the call has ended. */
    void once(Runnable answer) {
        if (ended.compareAndSet(false, true)) {
            answer.run();
        }
    }

    /** Closes the call with a failure, unless it has ended. */
    void fail(Throwable failure) {
        once(() -> {
            StatusRuntimeException status = RpcErrors.toStatus(failure);
            Metadata trailers = status.getTrailers();
            call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        });
    }

    boolean ended() {
        return ended.get();
    }
}

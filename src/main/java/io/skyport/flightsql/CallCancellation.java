package io.skyport.flightsql;

import io.grpc.Context;
import io.skyport.session.Cancellation;
import java.util.function.Function;

/** Stops what a call runs when its client cancels, goes away, or has given it a deadline that is over. */
final class CallCancellation {

    private CallCancellation() {}

    /** Runs {@code work} under the current call. */
    static <T> T run(Function<Cancellation, T> work) {
        Cancellation cancellation = new Cancellation();
        Context call = Context.current();
        Context.CancellationListener listener = cancelled -> cancellation.cancel();
        call.addListener(listener, Runnable::run);
        try {
            return work.apply(cancellation);
        } finally {
            call.removeListener(listener);
        }
    }
}

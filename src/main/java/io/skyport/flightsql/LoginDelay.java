package io.skyport.flightsql;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.LoginThrottle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls with passwords wait that come from where wrong ones came from, before the password is looked at. No thread waits with
 * them: a call is started late, and what happens to it meanwhile is told it then.
 */
final class LoginDelay implements ServerInterceptor, AutoCloseable {

    private static final int THREADS = 2;
    private static final String BASIC = "basic ";

    private final LoginThrottle throttle;
    private final ScheduledThreadPoolExecutor timer;

    LoginDelay(LoginThrottle throttle) {
        this.throttle = throttle;
        this.timer = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "flightsql-login");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String authorization = headers.get(FlightCredentials.AUTHORIZATION);
        if (authorization == null || !authorization.strip().regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return next.startCall(call, headers);
        }
        LateCall<Q> late = new LateCall<>();
        boolean waits = run(address(call), () -> late.start(next.startCall(call, headers)), failure -> {
            StatusRuntimeException status = RpcErrors.toStatus(failure);
            Metadata trailers = status.getTrailers();
            call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        });
        return waits ? late : next.startCall(call, headers);
    }

    /**
     * Runs something with a password when its time has come, in the context of now.
     *
     * @return false if it need not wait, and was not run
     */
    boolean run(Optional<InetAddress> address, Runnable check, Consumer<SkyportException> refused) {
        LoginThrottle.Origin origin = address.flatMap(throttle::known).orElse(null);
        if (origin == null) {
            return false;
        }
        Duration delay = origin.begin();
        if (delay.isZero()) {
            origin.end();
            return false;
        }
        if (origin.tooMany()) {
            origin.end();
            refused.accept(new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "too many passwords from this address wait already, as some were wrong"
                            + " (skyport.security.max-login-delay)"));
            return true;
        }
        timer.schedule(
                Context.current().wrap(() -> {
                    origin.end();
                    check.run();
                }),
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
        return true;
    }

    /** Where a call comes from. */
    static Optional<InetAddress> address(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Keeps what a call is told until it is started, in its order. */
    private static final class LateCall<Q> extends ServerCall.Listener<Q> {

        private final List<Consumer<ServerCall.Listener<Q>>> missed = new ArrayList<>();
        private ServerCall.@Nullable Listener<Q> started;

        void start(ServerCall.Listener<Q> listener) {
            while (true) {
                List<Consumer<ServerCall.Listener<Q>>> events;
                synchronized (this) {
                    if (missed.isEmpty()) {
                        started = listener;
                        return;
                    }
                    events = List.copyOf(missed);
                    missed.clear();
                }
                events.forEach(event -> event.accept(listener));
            }
        }

        private void tell(Consumer<ServerCall.Listener<Q>> event) {
            ServerCall.Listener<Q> listener;
            synchronized (this) {
                listener = started;
                if (listener == null) {
                    missed.add(event);
                    return;
                }
            }
            event.accept(listener);
        }

        @Override
        public void onMessage(Q message) {
            tell(listener -> listener.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            tell(ServerCall.Listener::onHalfClose);
        }

        @Override
        public void onCancel() {
            tell(ServerCall.Listener::onCancel);
        }

        @Override
        public void onComplete() {
            tell(ServerCall.Listener::onComplete);
        }

        @Override
        public void onReady() {
            tell(ServerCall.Listener::onReady);
        }
    }
}

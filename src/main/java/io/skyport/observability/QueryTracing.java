package io.skyport.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.StatusCode;
import io.skyport.session.CallListener;
import io.skyport.session.CallTrace;
import io.skyport.session.EngineCall;
import io.skyport.session.FinishedStatement;
import io.skyport.session.Protocol;
import io.skyport.session.SessionListener;
import io.skyport.session.Timeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one trace of a statement: its call, in it the statement, and in that its phases; the call that fetches its rows follows its
 * call. A call is part of its client's trace if the client sends one. Spans of a statement are made when it has ended: while it
 * runs it costs nothing, and nothing is bound to a thread. No span has a text, a user or a value.
 */
final class QueryTracing implements CallListener, SessionListener {

    private final Tracer tracer;
    private final Propagator propagator;

    QueryTracing(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public CallTrace began(Protocol protocol, String method, Function<String, @Nullable String> header) {
        Map<String, String> sent = new HashMap<>();
        for (String field : propagator.fields()) {
            String value = header.apply(field.toLowerCase(Locale.ROOT));
            if (value != null) {
                sent.put(field, value);
            }
        }
        return new TracedCall(protocol, method, sent);
    }

    @Override
    public void statementFinished(FinishedStatement statement, @Nullable EngineCall asked, Timeline when) {
        if (statement.caller().trace() instanceof TracedCall call) {
            Span.Builder builder = tracer.spanBuilder()
                    .setParent(call.context())
                    .name("query")
                    .tag("skyport.query.id", statement.id())
                    .tag("skyport.session.id", statement.session())
                    .tag("skyport.protocol", statement.caller().protocol().label())
                    .tag("skyport.outcome", statement.outcome().label())
                    .tag("skyport.rows", Long.toString(statement.rows()));
            statement
                    .kind()
                    .ifPresent(
                            kind -> builder.tag("db.operation.name", kind.name().toLowerCase(Locale.ROOT)));
            statement.error().ifPresent(code -> builder.tag("db.response.status_code", code.sqlState()));
            Spans spans = new Spans(statement.started());
            Span query = spans.start(builder, 0);
            phases(spans, query.context(), when);
            statement.error().ifPresent(code -> failed(query, code.sqlState()));
            spans.end(query, when.ended());
        }
    }

    /** Without a stack trace, which Micrometer's own way would send along. */
    private static void failed(Span span, String code) {
        OtelSpan.toOtel(span).setStatus(StatusCode.ERROR, code);
    }

    private void phases(Spans spans, TraceContext query, Timeline when) {
        long compiled = when.compiled();
        if (compiled != Timeline.NEVER) {
            spans.add(query, "compile", 0, compiled);
        }
        if (when.queued() != Timeline.NEVER) {
            spans.add(query, "queue", when.queued(), when.admitted());
        }
        boolean rows = when.firstBatch() != Timeline.NEVER;
        if (when.engine() != Timeline.NEVER) {
            spans.add(query, "engine", when.engine(), rows ? when.firstBatch() : when.ended());
        }
        if (rows) {
            spans.add(query, "stream", when.firstBatch(), when.ended());
        }
    }

    /** Spans of the time after a start. */
    private final class Spans {

        private final long startMicros;

        Spans(Instant start) {
            this.startMicros = micros(start);
        }

        Span start(Span.Builder builder, long nanos) {
            return builder.startTimestamp(at(nanos), TimeUnit.MICROSECONDS).start();
        }

        void end(Span span, long nanos) {
            span.end(at(nanos), TimeUnit.MICROSECONDS);
        }

        void add(TraceContext parent, String name, long from, long to) {
            end(start(tracer.spanBuilder().setParent(parent).name(name), from), Math.max(from, to));
        }

        private long at(long nanos) {
            return startMicros + TimeUnit.NANOSECONDS.toMicros(nanos);
        }
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    }

    /** The span of a call, which is made when its parent is known for sure: when a statement needs it, or at the end. */
    private final class TracedCall implements CallTrace {

        private final Protocol protocol;
        private final String method;
        private final Map<String, String> sent;
        private final Instant start = Instant.now();
        private @Nullable TraceContext first;
        private @Nullable Span span;
        private boolean over;

        /** @param sent what the client says of its trace */
        TracedCall(Protocol protocol, String method, Map<String, String> sent) {
            this.protocol = protocol;
            this.method = method;
            this.sent = sent;
        }

        @Override
        public void follows(CallTrace other) {
            if (other != this && other instanceof TracedCall call) {
                TraceContext context = call.context();
                synchronized (this) {
                    first = first == null ? context : first;
                }
            }
        }

        TraceContext context() {
            return span().context();
        }

        private synchronized Span span() {
            Span made = span;
            if (made == null) {
                Span.Builder builder = parented()
                        .kind(Span.Kind.SERVER)
                        .name(protocol == Protocol.FLYDB ? "flydb/" + method : method)
                        .tag("rpc.system", protocol == Protocol.FLYDB ? protocol.label() : "grpc")
                        .startTimestamp(micros(start), TimeUnit.MICROSECONDS);
                made = builder.start();
                span = made;
            }
            return made;
        }

        private Span.Builder parented() {
            if (!sent.isEmpty()) {
                return propagator.extract(sent, Map::get);
            }
            TraceContext before = first;
            Span.Builder builder = tracer.spanBuilder();
            return before == null ? builder.setNoParent() : builder.setParent(before);
        }

        @Override
        public void ended(@Nullable String failure) {
            Span ended = span();
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            if (failure != null) {
                failed(ended, failure);
            }
            ended.end(micros(Instant.now()), TimeUnit.MICROSECONDS);
        }
    }
}

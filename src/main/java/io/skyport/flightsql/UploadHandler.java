package io.skyport.flightsql;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Cancellation;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.memory.BufferAllocator;

/**
 * DoPut. Takes a thread only once the first message has arrived and is in order, and answers without waiting for the
 * client to finish where the command allows it (conformance text, rule 5 and section 16).
 *
 * <p>In place of Arrow's own handler, which parks a thread for ever if the client sends nothing, no descriptor, or a batch
 * before a schema.
 *
 * <pre>
 *   client                      gRPC thread                    worker
 *   descriptor [+ schema] ----> check, start worker ---------> run the command
 *   schema, batches ----------> check, queue (bounded) ------> read as the command needs them
 *                               <----------------------------- one PutResult, OK
 * </pre>
 */
final class UploadHandler implements ServerCallHandler<FlightData, PutResult> {

    private final Uploads uploads;
    private final Workers workers;
    private final FirstMessageTimer timer;
    private final Duration idleTimeout;
    private final long maxDecompressedBytes;
    private final BufferAllocator allocator;

    UploadHandler(
            Uploads uploads,
            Workers workers,
            FirstMessageTimer timer,
            Duration idleTimeout,
            long maxDecompressedBytes,
            BufferAllocator allocator) {
        this.uploads = uploads;
        this.workers = workers;
        this.timer = timer;
        this.idleTimeout = idleTimeout;
        this.maxDecompressedBytes = maxDecompressedBytes;
        this.allocator = allocator;
    }

    @Override
    public ServerCall.Listener<FlightData> startCall(ServerCall<FlightData, PutResult> call, Metadata headers) {
        Call upload = new Call(call);
        call.request(1);
        return upload;
    }

    /** One call, on gRPC's thread; {@link #work} is on a worker. */
    private final class Call extends ServerCall.Listener<FlightData> {

        private final ServerCall<FlightData, PutResult> call;
        private final CallEnd end;
        private final Cancellation cancellation = new Cancellation();
        private final FlightDataChannel messages;
        private final Future<?> timeout;
        private boolean started;

        Call(ServerCall<FlightData, PutResult> call) {
            this.call = call;
            this.end = new CallEnd(call);
            this.messages = new FlightDataChannel(idleTimeout, call::request);
            this.timeout = timer.start(() -> end.fail(
                    violation("No message within " + timer.timeout() + " (skyport.flightsql.first-message-timeout)")));
        }

        @Override
        public void onMessage(FlightData message) {
            if (end.ended()) {
                return;
            }
            try {
                if (started) {
                    messages.add(message);
                } else {
                    start(message);
                }
            } catch (RuntimeException e) {
                abort(e);
            }
        }

        private void start(FlightData first) {
            timeout.cancel(false);
            started = true;
            if (!first.hasFlightDescriptor()) {
                throw violation("The first message has no descriptor");
            }
            Uploads.Command command = uploads.command(first.getFlightDescriptor());
            if (!first.getDataHeader().isEmpty()) {
                messages.add(first);
            }
            call.request(FlightDataChannel.PREFETCHED_MESSAGES);
            workers.run(() -> work(command));
        }

        private void work(Uploads.Command command) {
            try (UploadedRows rows = new UploadedRows(messages, allocator, maxDecompressedBytes)) {
                PutResult result = command.run(rows, cancellation);
                end.once(() -> {
                    call.sendHeaders(new Metadata());
                    call.sendMessage(result);
                    call.close(Status.OK, new Metadata());
                });
            } catch (RuntimeException | Error e) {
                end.fail(e); // who is not answered waits for ever
            }
        }

        @Override
        public void onHalfClose() {
            if (started) {
                messages.end();
            } else {
                timeout.cancel(false);
                end.fail(violation("The call ended without a message"));
            }
        }

        @Override
        public void onCancel() {
            timeout.cancel(false);
            abort(new SkyportException(ErrorCode.QUERY_CANCELED, "The client cancelled the upload or went away"));
        }

        /** Answers the failure and stops the worker, if there is one. */
        private void abort(RuntimeException failure) {
            end.fail(failure);
            messages.fail(failure);
            cancellation.cancel();
        }

        private static SkyportException violation(String text) {
            return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, text);
        }
    }
}

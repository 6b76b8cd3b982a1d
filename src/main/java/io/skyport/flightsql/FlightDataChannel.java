package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an upload as the byte stream that Arrow's stream reader reads: each Flight message is an IPC message
 * whose header and body came apart.
 *
 * <p>One thread adds, one reads. What was added and not read yet is bounded by {@link #PREFETCHED_MESSAGES}: gRPC delivers
 * no more until some are taken.
 */
final class FlightDataChannel implements ReadableByteChannel {

    /** How many messages wait here at most, besides the one being read. */
    static final int PREFETCHED_MESSAGES = 4;

    private static final Next END = new Next(null, null);
    private static final int ALIGNMENT = 8;
    private static final int PREFIX_BYTES = 8;

    private final Duration idleTimeout;
    private final IntConsumer request;
    private final BlockingQueue<Next> queue = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private boolean schemaAdded;
    private boolean ended;

    /** @param request asks the client for so many more messages */
    FlightDataChannel(Duration idleTimeout, IntConsumer request) {
        this.idleTimeout = idleTimeout;
        this.request = request;
    }

    /**
     * Adds a message; one that carries no data is dropped.
     *
     * @throws SkyportException 08P01 if it is malformed or out of order
     */
    void add(FlightData message) {
        if (!message.getDataHeader().isEmpty()) {
            check(message);
            queue.add(new Next(message, null));
        } else {
            request.accept(1);
        }
    }

    /** Says that no more messages come. */
    void end() {
        queue.add(END);
    }

    /** Makes the reader fail. */
    void fail(RuntimeException failure) {
        queue.add(new Next(null, failure));
    }

    /** Waits until it is known whether there is data at all: a schema, then batches. */
    boolean hasData() {
        return !current.isEmpty() || advance();
    }

    @Override
    public int read(ByteBuffer target) {
        if (current.isEmpty() && !advance()) {
            return -1;
        }
        int read = 0;
        while (target.hasRemaining() && !current.isEmpty()) {
            ByteBuffer source = current.getFirst();
            int length = Math.min(source.remaining(), target.remaining());
            target.put(target.position(), source, source.position(), length);
            target.position(target.position() + length);
            source.position(source.position() + length);
            read += length;
            if (!source.hasRemaining()) {
                current.removeFirst();
            }
        }
        return read;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        queue.clear();
        current.clear();
    }

    private boolean advance() {
        if (ended) {
            return false;
        }
        Next next = take();
        if (next.failure() != null) {
            throw next.failure();
        }
        FlightData message = next.message();
        if (message == null) {
            ended = true;
            return false;
        }
        request.accept(1);
        put(message);
        return true;
    }

    private Next take() {
        try {
            Next next = queue.poll(idleTimeout.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw violation("No message within " + idleTimeout + " (skyport.flightsql.upload-idle-timeout)", null);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.ADMIN_SHUTDOWN, "The server is shutting down", e);
        }
    }

    /** Continuation marker, length of the padded header, header, padding, body. */
    private void put(FlightData message) {
        ByteBuffer header = readable(message.getDataHeader().asReadOnlyByteBuffer());
        int padding = Math.floorMod(-header.remaining(), ALIGNMENT);
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        prefix.putInt(MessageSerializer.IPC_CONTINUATION_TOKEN)
                .putInt(header.remaining() + padding)
                .flip();
        current.add(prefix);
        current.add(header);
        current.add(ByteBuffer.allocate(padding));
        current.addAll(message.getDataBody().asReadOnlyByteBufferList());
        current.removeIf(buffer -> !buffer.hasRemaining());
    }

    private static ByteBuffer readable(ByteBuffer header) {
        try {
            return ReadableSchema.of(header);
        } catch (SkyportException e) {
            throw e;
        } catch (RuntimeException e) {
            throw violation("A malformed schema: " + e.getMessage(), e);
        }
    }

    private void check(FlightData message) {
        byte type;
        long bodyLength;
        try {
            Message header = Message.getRootAsMessage(message.getDataHeader().asReadOnlyByteBuffer());
            type = header.headerType();
            bodyLength = header.bodyLength();
        } catch (IndexOutOfBoundsException e) {
            throw violation("The header of a message is no Arrow IPC message", e);
        }
        if (bodyLength != message.getDataBody().size()) {
            throw violation("A message's header and body disagree about the body's length", null);
        }
        switch (type) {
            case MessageHeader.Schema -> {
                if (schemaAdded) {
                    throw violation("A second schema", null);
                }
                schemaAdded = true;
            }
            case MessageHeader.RecordBatch, MessageHeader.DictionaryBatch -> {
                if (!schemaAdded) {
                    throw violation("A batch before the schema", null);
                }
            }
            default -> throw violation("A message that is no schema, dictionary or record batch", null);
        }
    }

    private static SkyportException violation(String text, @Nullable Throwable cause) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, text, cause);
    }

    /** A message, a failure, or the end. */
    private record Next(
            @Nullable FlightData message, @Nullable RuntimeException failure) {}
}

package io.skyport.flydb.server;

import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.MessageType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What went over all connections since the start, headers with it and TLS without. Thread-safe. */
public final class Traffic {

    private final Map<MessageType, LongAdder> received = new EnumMap<>(MessageType.class);
    private final LongAdder unknown = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();

    Traffic() {
        for (MessageType type : MessageType.values()) {
            received.put(type, new LongAdder());
        }
    }

    void received(Frame frame) {
        MessageType.of(frame.header().type()).map(received::get).orElse(unknown).increment();
        bytesReceived.add(FrameHeader.BYTES + (long) frame.payload().readableBytes());
    }

    void sent(int bytes) {
        sent.increment();
        bytesSent.add(bytes);
    }

    /** Frames of this type that clients sent. */
    public long received(MessageType type) {
        return Objects.requireNonNull(received.get(type)).sum();
    }

    /** Frames that clients sent of a type that there is not, or that were broken. */
    public long unknown() {
        return unknown.sum();
    }

    public long bytesReceived() {
        return bytesReceived.sum();
    }

    /** Frames sent to clients. */
    public long sent() {
        return sent.sum();
    }

    public long bytesSent() {
        return bytesSent.sum();
    }
}

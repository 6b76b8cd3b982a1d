package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Compression;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Frames;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgError;
import io.skyport.flydb.message.MsgPong;
import io.skyport.session.LogContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the frames of one client, each with exactly one. Used by one thread at a time, but for what says otherwise; what a
 * frame asks for may block.
 */
final class Dialogue {

    private static final Logger log = LoggerFactory.getLogger(Dialogue.class);

    /** What a type of message asks for. */
    @FunctionalInterface
    interface Verb {
        Message apply(ByteBuf payload);
    }

    private final Client client;
    private final Login login;
    private final ReplyMemory memory;
    private final boolean refused;
    private final Map<MessageType, Verb> verbs = new EnumMap<>(MessageType.class);

    /** @param refused whether it is one client too many, which is told so */
    Dialogue(Client client, Login login, ReplyMemory memory, String serverVersion, boolean refused) {
        this.client = client;
        this.login = login;
        this.memory = memory;
        this.refused = refused;
        verbs.put(MessageType.PING, payload -> new MsgPong());
        verbs.put(MessageType.AUTH, login);
        new StatementVerbs(client).addTo(verbs);
        new CursorVerbs(client).addTo(verbs);
        new MetadataVerbs(client).addTo(verbs);
        new TransactionVerbs(client).addTo(verbs);
        new OptionVerbs(client, serverVersion).addTo(verbs);
        new DatabaseVerbs(client).addTo(verbs);
    }

    /** FlyDB's own shell and dump ping before they authenticate; drivers do not. */
    void beginsWith(Frame frame) {
        if (frame.is(MessageType.PING)) {
            client.beginsWithPing();
        }
    }

    /** Any thread. */
    boolean authenticated() {
        return client.authenticated();
    }

    /** How long the next credentials must wait. */
    Duration loginDelay() {
        return login.delay();
    }

    /** Stops what it does, and all that it would do: the client is gone. Any thread. */
    void cancel() {
        client.cancel();
    }

    /** Rolls back, and closes the session. */
    void close() {
        client.leave();
    }

    /** Releases the frame. Never fails. */
    Answer answer(Frame frame) {
        @Nullable String failure = null;
        try {
            if (frame.broken() != null) {
                return error(frame.broken(), true);
            }
            if (refused) {
                return error(tooMany(), true);
            }
            client.begin(name(frame));
            return answer(reply(frame));
        } catch (SkyportException e) {
            failure = e.code().sqlState();
            return error(e, false);
        } catch (RuntimeException e) {
            failure = ErrorCode.INTERNAL_ERROR.sqlState();
            log.error("A FlyDB request of type {} fails", frame.header().type(), e);
            return error(new SkyportException(ErrorCode.INTERNAL_ERROR, "internal server error"), false);
        } finally {
            login.over();
            client.end(failure);
            LogContext.leave();
            frame.release();
        }
    }

    private Answer answer(Message reply) {
        ReplyMemory.Share share = memory.share();
        boolean made = false;
        try {
            Answer answer = new Answer(Frames.of(reply, client.compressing(), client.allocator(), share), false, share);
            made = true;
            return answer;
        } finally {
            if (!made) {
                share.release();
            }
        }
    }

    private static String name(Frame frame) {
        return MessageType.of(frame.header().type())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .orElse("unknown");
    }

    private static SkyportException tooMany() {
        return new SkyportException(
                ErrorCode.TOO_MANY_CONNECTIONS, "there are too many clients (skyport.flydb.max-connections)");
    }

    private Message reply(Frame frame) {
        FrameHeader header = frame.header();
        Verb verb = MessageType.of(header.type()).map(verbs::get).orElse(null);
        if (!client.authenticated() && !frame.is(MessageType.AUTH) && !frame.is(MessageType.PING)) {
            throw new SkyportException(ErrorCode.INVALID_AUTHORIZATION, "authentication required");
        }
        if (verb == null) {
            throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "unknown message type");
        }
        if (header.has(FrameHeader.ENCRYPTED)) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "encrypted payloads (flag 0x02) are not supported: use TLS");
        }
        if (!header.has(FrameHeader.COMPRESSED)) {
            return verb.apply(frame.payload());
        }
        int limit = client.authenticated() ? FrameHeader.MAX_LENGTH : FrameDecoder.MAX_LENGTH_BEFORE_AUTHENTICATION;
        ByteBuf payload = Compression.inflate(frame.payload(), limit, client.allocator());
        try {
            return verb.apply(payload);
        } finally {
            payload.release();
        }
    }

    /** Whatever others take: it is short. */
    private Answer error(SkyportException failure, boolean last) {
        String message = String.valueOf(failure.getMessage());
        MsgError error = new MsgError(
                failure.code().flydbCode(),
                client.retries() ? ConsoleText.unlikeNetworkFailure(message) : message,
                failure.code().sqlState());
        return new Answer(Frames.of(error, false, client.allocator()), last, ReplyMemory.Share.NONE);
    }
}

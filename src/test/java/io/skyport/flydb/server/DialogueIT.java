package io.skyport.flydb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skyport.SkyportServer;
import io.skyport.error.SkyportException;
import io.skyport.flydb.FlydbProperties.ConsoleText;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgError;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgQuery;
import io.skyport.security.Authenticator;
import io.skyport.security.LoginThrottle;
import io.skyport.security.Principal;
import io.skyport.session.Caller;
import io.skyport.session.LogContext;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Answers without a socket; no buffer is lost, whatever goes wrong. */
class DialogueIT {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private SkyportServer server;
    private final ReplyMemory replies = new ReplyMemory(100_000_000);
    private Client client;
    private Dialogue dialogue;

    @BeforeEach
    void start() {
        server = SkyportServer.start();
        client = new Client(server.bean(Sessions.class), request -> Caller.INTERNAL, allocator, ConsoleText.AUTO);
        LoginThrottle throttle = new LoginThrottle(Duration.ZERO, System::nanoTime);
        Login login = new Login(client, server.bean(Authenticator.class), throttle, InetAddress.getLoopbackAddress());
        dialogue = new Dialogue(client, login, replies, "1", false);
    }

    @AfterEach
    void nothing_is_left() {
        dialogue.close();
        server.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(replies.taken()).isZero();
    }

    @Test
    void rows_that_an_answer_does_not_come_to_are_freed() {
        Session session = client.enter(new Principal("alice", Set.of()));
        session.update("BEGIN", client.cancellation());
        client.begin("query");
        new ResultRows(client, session.execute("SELECT 1", client.cancellation()), null);
        assertThat(session.running()).isEqualTo(1);

        client.end(null);

        assertThat(session.running()).isZero();
    }

    @Test
    void whatever_is_sent_is_answered_by_one_frame_and_whatever_fails_keeps_no_buffer() {
        client.enter(new Principal("alice", Set.of()));
        for (int type = 0; type < 256; type++) {
            for (int flags : new int[] {0, FrameHeader.COMPRESSED, FrameHeader.ENCRYPTED}) {
                for (String payload :
                        new String[] {"", "{}", "[", "\u0000\u0000\u0000\u0000", "{\"query\":\"SELECT 1\"}"}) {
                    if (type != MessageType.AUTH.code()) {
                        assertThat(answer(type, flags, payload)).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void a_result_too_large_for_a_frame_is_an_error_and_keeps_no_buffer() {
        client.enter(new Principal("alice", Set.of()));

        Message answer =
                answer(MessageType.QUERY.code(), 0, "{\"query\":\"SELECT repeat('x', 1000) FROM range(20000)\"}");

        assertThat(((MsgError) answer).sqlstate()).isEqualTo("54000");
    }

    @Test
    void a_thread_forgets_the_statement_once_its_frame_is_answered() {
        client.enter(new Principal("alice", Set.of()));

        answer(MessageType.QUERY.code(), 0, "{\"query\":\"SELECT 1\"}");

        assertThat(MDC.get(LogContext.QUERY_ID)).isNull();
        assertThat(MDC.get(LogContext.SESSION_ID)).isNull();
    }

    @Test
    void a_client_that_is_gone_gets_nothing_run() {
        client.enter(new Principal("alice", Set.of()));
        dialogue.cancel();

        assertThat(((MsgError) answer(new MsgQuery("SELECT 1"))).sqlstate()).isEqualTo("57014");
        assertThat(((MsgError) answer(new MsgQuery("CREATE TABLE t (a INT)"))).sqlstate())
                .isEqualTo("57014");
        assertThat(answer(new MsgPing()).type()).isEqualTo(MessageType.PONG);
    }

    private Message answer(Message message) {
        ByteBuf payload = Unpooled.buffer();
        message.writePayload(payload);
        return answer(message.type().code(), 0, payload.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Message answer(int type, int flags, String payload) {
        ByteBuf bytes = Unpooled.copiedBuffer(payload, java.nio.charset.StandardCharsets.UTF_8);
        Answer answer = dialogue.answer(new Frame(new FrameHeader(type, flags, bytes.readableBytes()), bytes));
        assertThat(bytes.refCnt()).isZero();
        assertThat(answer.last()).isFalse();
        ByteBuf frame = answer.bytes();
        try {
            FrameHeader header = FrameHeader.read(frame);
            assertThat(header.length()).isEqualTo(frame.readableBytes());
            return Message.read(MessageType.of(header.type()).orElseThrow(), frame);
        } catch (SkyportException e) {
            throw new AssertionError(e);
        } finally {
            answer.release();
        }
    }
}

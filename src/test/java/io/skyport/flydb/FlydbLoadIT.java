package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient.Reply;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgBeginTx;
import io.skyport.flydb.message.MsgCursorFetch;
import io.skyport.flydb.message.MsgCursorOpen;
import io.skyport.flydb.message.MsgExecute;
import io.skyport.flydb.message.MsgGetTables;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgPrepare;
import io.skyport.flydb.message.MsgQuery;
import io.skyport.flydb.message.MsgRollbackTx;
import io.skyport.flydb.server.FlydbServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many clients as there may be, all of which have a request at the server at the same time. */
@Timeout(300)
class FlydbLoadIT {

    private static final int CLIENTS = 1000;
    /** Each keeps a connection of the engine. */
    private static final int IN_TRANSACTIONS = 50;

    private final List<FlydbClient> clients = new ArrayList<>();

    @Test
    void a_thousand_clients_get_each_their_own_answers_and_nothing_is_left_of_them() {
        try (SkyportServer server = SkyportServer.start()) {
            try (FlydbClient setup = FlydbClient.driver(server)) {
                setup.result("CREATE TABLE mixed (a INT)");
            }
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(FlydbClient.connect(server.flydbPort()));
            }
            all(n -> new MsgAuth(SkyportServer.USER, SkyportServer.PASSWORD, null, n % 2 == 0))
                    .forEach(reply -> assertThat(reply.toString()).contains("authenticated"));
            all(n -> new MsgPrepare("p", "SELECT $1 + " + n)).forEach(FlydbLoadIT::assertDone);
            for (int round = 0; round < 3; round++) {
                int add = round;
                own(all(n -> new MsgQuery("SELECT " + n + " + " + add)), add);
                all(n -> new MsgPing())
                        .forEach(reply -> assertThat(reply.type()).isEqualTo(MessageType.PONG));
                own(all(n -> new MsgExecute("p", List.of(add))), add);
                all(n -> n < IN_TRANSACTIONS
                                ? new MsgBeginTx(null, null, false)
                                : new MsgGetTables("", "", "", List.of()))
                        .forEach(FlydbLoadIT::assertDone);
                all(n -> n < IN_TRANSACTIONS ? new MsgRollbackTx() : new MsgQuery("SELECT 1"))
                        .forEach(FlydbLoadIT::assertDone);
            }
            List<Reply> opened = all(n -> n < IN_TRANSACTIONS
                    ? new MsgCursorOpen("SELECT " + n + " + x FROM range(3) AS r (x) ORDER BY 1", 1, 0, 0, List.of())
                    : new MsgQuery("INSERT INTO mixed VALUES (" + n + ")"));
            List<Reply> fetched = all(n -> n < IN_TRANSACTIONS
                    ? new MsgCursorFetch(opened.get(n).json().path("cursor_id").asText(), 0, 0, 1)
                    : new MsgQuery("SELECT a FROM mixed WHERE a = " + n));
            own(fetched, 0);
            all(n -> n < IN_TRANSACTIONS ? new MsgBeginTx(null, null, false) : new MsgPing())
                    .forEach(FlydbLoadIT::assertDone);
            clients.forEach(FlydbClient::close);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.bean(FlydbServer.class).connections() == 0);
        }
    }

    /** Sends all requests before it reads a reply. */
    private List<Reply> all(IntFunction<Message> request) {
        for (int n = 0; n < CLIENTS; n++) {
            clients.get(n).send(request.apply(n));
        }
        return clients.stream().map(FlydbClient::receive).toList();
    }

    private static void own(List<Reply> replies, int add) {
        for (int n = 0; n < CLIENTS; n++) {
            assertThat(replies.get(n).json().path("rows").toString()).isEqualTo("[[" + (n + add) + "]]");
        }
    }

    private static void assertDone(Reply reply) {
        assertThat(reply.type()).as(reply.toString()).isNotEqualTo(MessageType.ERROR);
    }
}

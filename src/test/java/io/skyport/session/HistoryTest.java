package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.SerializationGraph.Key;
import io.skyport.session.SerializationGraph.Node;
import io.skyport.session.SerializationGraph.Read;
import io.skyport.session.SerializationGraph.Write;
import io.skyport.sql.Isolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that read and write a few small tables at random; of what they saw a graph is made that shows whether there is
 * an order of the transactions that explains it. {@code -Dhistory.seed} repeats the choices of a run, not its timing.
 */
@Timeout(300)
class HistoryTest extends SessionTestBase {

    private static final int CLIENTS = 8;
    private static final int TRANSACTIONS = Integer.getInteger("history.transactions", 10_000);
    private static final String[] TABLES = {"a", "b", "c", "d"};
    private static final int ROWS = 8;

    private final long seed = Long.getLong("history.seed", System.nanoTime());
    private final AtomicLong values = new AtomicLong();
    private final AtomicInteger ids = new AtomicInteger(ROWS);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void serializable_transactions_have_an_order() {
        History history = run(Isolation.SERIALIZABLE, TRANSACTIONS);
        SerializationGraph graph = new SerializationGraph(history.nodes());
        System.out.println("history.seed=" + seed + ": " + history + ", edges=" + graph.edges());
        assertThat(graph.cycles())
                .as("transactions on cycles, history.seed=" + seed)
                .isEmpty();
        assertThat(graph.edges()).isGreaterThan(TRANSACTIONS / 2);
        assertThat(history.begun()).isGreaterThanOrEqualTo(TRANSACTIONS);
        assertThat(history.nodes().size()).as("committed of " + history).isGreaterThan(TRANSACTIONS / 5);
        assertThat(Arrays.stream(history.ofClient()).min().orElseThrow())
                .as("the least that a client committed: " + history)
                .isGreaterThan(history.nodes().size() / CLIENTS / 4);
        assertThat(history.longestMillis()).as("the longest transaction").isLessThan(20_000);
    }

    /** Which shows that the graph finds what there is to be found. */
    @Test
    void below_serializable_the_same_clients_leave_cycles() {
        List<Integer> cycles = List.of();
        for (int round = 0; round < 10 && cycles.isEmpty(); round++) {
            setUp();
            cycles = new SerializationGraph(run(Isolation.REPEATABLE_READ, 500).nodes()).cycles();
        }
        assertThat(cycles).isNotEmpty();
    }

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-prepared-statements", 100);
    }

    private record History(List<Node> nodes, int begun, int[] ofClient, long longestMillis) {
        @Override
        public String toString() {
            return "begun=" + begun + ", committed=" + nodes.size() + ", of each client=" + Arrays.toString(ofClient)
                    + ", longest=" + longestMillis + " ms";
        }
    }

    private void setUp() {
        ids.set(ROWS);
        begun.set(0);
        for (String table : TABLES) {
            run("CREATE OR REPLACE TABLE " + table + " (k INTEGER PRIMARY KEY, before BIGINT, v BIGINT)");
        }
    }

    private History run(Isolation isolation, int transactions) {
        setUp();
        Node initial = new Node(0, false);
        initial.ended = System.nanoTime();
        for (String table : TABLES) {
            for (int k = 0; k < ROWS; k++) {
                long value = values.incrementAndGet();
                run("INSERT INTO " + table + " VALUES (" + k + ", 0, " + value + ")");
                initial.writes.add(new Write(new Key(table, k), 0, value, false));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Client>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(i, isolation);
                clients.add(CompletableFuture.supplyAsync(() -> client.run(transactions), threads));
            }
            List<Node> nodes = new ArrayList<>(List.of(initial));
            int[] ofClient = new int[CLIENTS];
            long longest = 0;
            for (int i = 0; i < CLIENTS; i++) {
                Client client = clients.get(i).join();
                nodes.addAll(client.committed);
                ofClient[i] = client.committed.size();
                longest = Math.max(longest, client.longest);
            }
            return new History(nodes, begun.get(), ofClient, longest / 1_000_000);
        } finally {
            threads.shutdown();
        }
    }

    private final class Client {

        private final Session session;
        private final Isolation isolation;
        private final Random random;
        private final Map<String, PreparedStatement> prepared = new HashMap<>();
        private final List<Node> committed = new ArrayList<>();
        private long longest;
        private Node node = new Node(-1, false);

        Client(int number, Isolation isolation) {
            this.isolation = isolation;
            random = new Random(seed * 31 + number);
            session = sessions.session("alice", Set.of(), "client-" + number + "-" + numbers.incrementAndGet());
        }

        Client run(int transactions) {
            while (begun.incrementAndGet() <= transactions) {
                int kind = random.nextInt(10);
                node = new Node(numbers.incrementAndGet(), kind > 0);
                node.began = System.nanoTime();
                try {
                    if (kind == 0) {
                        write();
                    } else {
                        transaction(kind == 1);
                    }
                    node.ended = System.nanoTime();
                    committed.add(node);
                } catch (SkyportException e) {
                    // A key that another has just deleted or inserted cannot collide: each is used once.
                    assertThat(e.code()).as(e.text()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
                }
                longest = Math.max(longest, System.nanoTime() - node.began);
            }
            return this;
        }

        private void transaction(boolean readOnly) {
            session.update(
                    "BEGIN ISOLATION LEVEL " + isolation.name().replace('_', ' ') + (readOnly ? " READ ONLY" : ""),
                    never);
            boolean over = false;
            try {
                int statements = 1 + random.nextInt(4);
                for (int i = 0; i < statements; i++) {
                    if (readOnly || random.nextBoolean()) {
                        read();
                    } else {
                        write();
                    }
                }
                over = true;
                session.update("COMMIT", never);
            } finally {
                if (!over) {
                    session.update("ROLLBACK", never);
                }
            }
        }

        private String table() {
            return TABLES[random.nextInt(TABLES.length)];
        }

        /** An id that may be there: rows die and new ones have higher ids. */
        private int id() {
            return Math.max(0, ids.get() - 1 - random.nextInt(4 * ROWS));
        }

        private void read() {
            String table = table();
            int low = id();
            int high = random.nextBoolean() ? low : low + random.nextInt(3 * ROWS);
            boolean byKey = low == high;
            List<List<Object>> rows = byKey
                    ? execute("SELECT k, v FROM " + table + " WHERE k = ?", low)
                    : execute("SELECT k, v FROM " + table + " WHERE k BETWEEN ? AND ?", low, high);
            Map<Integer, Long> found = new HashMap<>();
            rows.forEach(row -> found.put((Integer) row.get(0), (Long) row.get(1)));
            node.reads.add(new Read(table, low, high, found));
        }

        private void write() {
            String table = table();
            long value = values.incrementAndGet();
            int kind = random.nextInt(10);
            if (kind < 1) {
                int id = ids.getAndIncrement();
                execute("INSERT INTO " + table + " VALUES (?, 0, ?) RETURNING k, v", id, value);
                node.writes.add(new Write(new Key(table, id), 0, value, false));
            } else if (kind < 2) {
                wrote(table, value, true, execute("DELETE FROM " + table + " WHERE k = ? RETURNING k, v", id()));
            } else {
                wrote(
                        table,
                        value,
                        false,
                        execute(
                                "UPDATE " + table + " SET before = v, v = ? WHERE k = ? RETURNING k, before",
                                value,
                                id()));
            }
        }

        private void wrote(String table, long value, boolean deletes, List<List<Object>> rows) {
            for (List<Object> row : rows) {
                Key key = new Key(table, (Integer) row.get(0));
                node.writes.add(new Write(key, (Long) row.get(1), value, deletes));
            }
        }

        private List<List<Object>> execute(String text, Object... parameters) {
            PreparedStatement statement = prepared.computeIfAbsent(text, session::prepare);
            session.bind(statement, List.of(parameters));
            return rows(session.execute(statement, never));
        }
    }
}

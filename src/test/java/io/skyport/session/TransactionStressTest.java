package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that move money and do at random all that can go wrong; {@code -Dstress.seed} repeats their choices. */
@Timeout(120)
class TransactionStressTest extends SessionTestBase {

    private static final int CLIENTS = 6;
    private static final int TRANSFERS = 120;
    private static final int ACCOUNTS = 200;
    private static final int TOTAL = ACCOUNTS * 1000;

    /** What a client must expect here; anything else is a fault. */
    private static final Set<ErrorCode> EXPECTED = Set.of(
            ErrorCode.SERIALIZATION_FAILURE,
            ErrorCode.QUERY_CANCELED,
            ErrorCode.CHECK_VIOLATION,
            ErrorCode.UNIQUE_VIOLATION,
            ErrorCode.INVALID_TEXT_REPRESENTATION,
            ErrorCode.IN_FAILED_TRANSACTION,
            ErrorCode.IDLE_TRANSACTION_TIMEOUT);

    private final long seed = Long.getLong("stress.seed", System.nanoTime());
    private final ScheduledExecutorService cancels = Executors.newScheduledThreadPool(1);
    private final ConcurrentLinkedQueue<SkyportException> unexpected = new ConcurrentLinkedQueue<>();

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.transaction-timeout", "1s", "skyport.session.max-own-connections", CLIENTS);
    }

    @Test
    void whatever_goes_wrong_the_sum_stays_and_nothing_is_left() throws IOException {
        run("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER CHECK (balance >= 0))");
        run("CREATE TABLE moved (id UUID DEFAULT uuid(), source INTEGER, target INTEGER, amount INTEGER)");
        run("INSERT INTO account SELECT range, 1000 FROM range(" + ACCOUNTS + ")");
        List<CompletableFuture<Client>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(i);
            clients.add(CompletableFuture.supplyAsync(client::run, command -> new Thread(command).start()));
        }
        int committed = 0;
        Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
        for (CompletableFuture<Client> client : clients) {
            committed += client.join().committed;
            client.join().failures.forEach((code, count) -> failures.merge(code, count, Integer::sum));
        }
        cancels.shutdownNow();
        System.out.println("stress.seed=" + seed + ": committed=" + committed + ", failed=" + failures);
        assertThat(unexpected).isEmpty();
        assertThat(committed).isGreaterThan(CLIENTS * TRANSFERS / 10);
        assertThat(rows("SELECT CAST(sum(balance) AS INTEGER) FROM account")).containsExactly(List.of(TOTAL));
        assertThat(rows("SELECT count(*) FROM moved")).containsExactly(List.of((long) committed));
        assertThat(rows("""
                SELECT account.id FROM account WHERE balance <> 1000 + (SELECT coalesce(sum(CASE WHEN target = account.id THEN amount ELSE 0 END
                    - CASE WHEN source = account.id THEN amount ELSE 0 END), 0) FROM moved)""")).isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sessions.transactions().size()).isZero());
        sessions.close();
        assertThat(engine.activeConnections()).isZero();
        assertThat(putAside()).isEmpty();
        assertThat(allocator.getAllocatedMemory()).isZero();
    }

    private List<Path> putAside() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            return files.filter(file -> file.toString().endsWith(".arrows")).toList();
        }
    }

    private final class Client {

        private final Session session;
        private final Random random;
        private final Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
        private int committed;

        Client(int number) {
            session = sessions.session("alice", Set.of(), "client-" + number);
            random = new Random(seed + number);
        }

        Client run() {
            for (int i = 0; i < TRANSFERS; i++) {
                Isolation isolation = random.nextInt(4) == 0 ? Isolation.SERIALIZABLE : Isolation.READ_COMMITTED;
                Transaction transaction = session.begin(new TransactionMode(isolation, false));
                try {
                    transfer(transaction);
                } catch (SkyportException e) {
                    note(e);
                    if (random.nextInt(30) > 0) {
                        session.rollback(transaction);
                    }
                }
            }
            return this;
        }

        private void note(SkyportException failure) {
            failures.merge(failure.code(), 1, Integer::sum);
            if (!EXPECTED.contains(failure.code())) {
                unexpected.add(failure);
            }
        }

        private void transfer(Transaction transaction) {
            int amount = random.nextInt(700);
            int source = random.nextInt(ACCOUNTS);
            int target = random.nextInt(ACCOUNTS);
            Execution unread = random.nextInt(5) == 0
                    ? session.execute("SELECT range, repeat('x', 50) FROM range(30000)", transaction, never)
                    : null;
            try {
                update(transaction, "UPDATE account SET balance = balance - " + amount + " WHERE id = " + source);
                detours(transaction);
                update(transaction, "UPDATE account SET balance = balance + " + amount + " WHERE id = " + target);
                update(
                        transaction,
                        "INSERT INTO moved (source, target, amount) VALUES (" + source + ", " + target + ", " + amount
                                + ")");
                end(transaction);
            } finally {
                if (unread != null) {
                    unread.discard();
                }
            }
        }

        private void end(Transaction transaction) {
            switch (random.nextInt(30)) {
                case 0 -> session.rollback(transaction);
                // It is idle from here on.
                case 1 -> {}
                default -> {
                    session.commit(transaction);
                    committed++;
                }
            }
        }

        /** Leads to where it began. */
        private void detours(Transaction transaction) {
            while (random.nextInt(5) == 0) {
                String savepoint = session.savepoint(transaction, "s");
                try {
                    detour(transaction);
                } catch (SkyportException e) {
                    note(e);
                }
                session.rollbackTo(transaction, savepoint);
                if (random.nextBoolean()) {
                    session.release(transaction, savepoint);
                }
            }
        }

        private void detour(Transaction transaction) {
            switch (random.nextInt(7)) {
                case 0 ->
                    update(
                            transaction,
                            "UPDATE account SET balance = balance - 100000 WHERE id = " + random.nextInt(ACCOUNTS));
                case 1 -> update(transaction, "INSERT INTO account VALUES (1, 5)");
                case 2 -> update(transaction, "DELETE FROM moved");
                case 3 -> update(transaction, "UPDATE moved SET amount = CAST('x' AS INTEGER)");
                case 4 -> update(transaction, "INSERT INTO moved SELECT uuid(), 0, 0, range FROM range(3000)");
                case 5 ->
                    update(
                            transaction,
                            "CREATE TABLE made_" + Thread.currentThread().getId() + " AS SELECT 1 AS a");
                default ->
                    session.execute("SELECT * FROM account, range(5000)", transaction, never)
                            .discard();
            }
        }

        private void update(Transaction transaction, String sql) {
            Cancellation cancellation = new Cancellation();
            if (random.nextInt(15) == 0) {
                cancels.schedule(cancellation::cancel, random.nextInt(3000), TimeUnit.MICROSECONDS);
            }
            session.update(sql, transaction, cancellation);
        }
    }
}

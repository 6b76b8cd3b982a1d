package io.skyport.session;

import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The process that {@link DurabilityTest} kills: it writes until then, says what it is about to take away, and what has been
 * acknowledged. Arguments: the data directory, the first number to use, a seed.
 */
final class KilledWriters {

    static final int WRITERS = 4;
    static final int NUMBERS = 100_000;
    static final int ROWS = 50;
    static final int BIG = 20_000;
    static final int ACCOUNTS = 10;

    private final Cancellation never = new Cancellation();
    private final Session session;
    private final Random random;
    private final List<Integer> items = new ArrayList<>();
    private final List<Integer> families = new ArrayList<>();
    private final List<Integer> made = new ArrayList<>();
    private int next;

    private KilledWriters(Session session, int first, long seed) {
        this.session = session;
        this.next = first;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) {
        BufferAllocator allocator = new RootAllocator();
        Sessions sessions = EmbeddedSessions.over(
                new DuckDbEngine(Path.of(arguments[0]), EngineProperties.defaults(), allocator), List.of(), allocator);
        int first = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        for (int i = 0; i < WRITERS; i++) {
            Session session = sessions.session("alice", Set.of(), "writer-" + i);
            KilledWriters writer = new KilledWriters(session, first + i * NUMBERS, seed + i);
            new Thread(writer::write).start();
        }
    }

    static final List<String> TABLES = List.of(
            "CREATE TABLE item (id BIGINT PRIMARY KEY, number INTEGER)",
            "CREATE TABLE big (number INTEGER, n BIGINT)",
            "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER CHECK (balance >= -1000))",
            "CREATE TABLE transfer (number INTEGER PRIMARY KEY, source INTEGER REFERENCES account,"
                    + " target INTEGER REFERENCES account, amount INTEGER)",
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent ON DELETE CASCADE, n INTEGER)",
            "INSERT INTO account SELECT range, 0 FROM range(" + ACCOUNTS + ")");

    private void write() {
        while (true) {
            int number = next++;
            try {
                one(number);
            } catch (SkyportException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE && e.code() != ErrorCode.CHECK_VIOLATION) {
                    say("failed " + number + " " + e.code() + " " + e.text());
                }
                try {
                    run("ROLLBACK");
                } catch (SkyportException over) {
                    // A commit that failed has ended it.
                }
            }
        }
    }

    private void one(int number) {
        switch (random.nextInt(9)) {
            case 0 -> {
                run(items(number, 0, ROWS));
                wrote("item", number, items);
            }
            case 1 -> {
                savepoints(number);
                wrote("item", number, items);
            }
            case 2 -> {
                run("INSERT INTO big SELECT " + number + ", range FROM range(" + BIG + ")");
                say("big " + number);
            }
            case 3 -> {
                run("BEGIN");
                run("CREATE TABLE made_" + number + " (a INTEGER PRIMARY KEY)");
                run("INSERT INTO made_" + number + " VALUES (1), (2), (3)");
                run("COMMIT");
                wrote("made", number, made);
            }
            case 4 -> take("made", made, "DROP TABLE made_%d");
            case 5 -> take("item", items, "DELETE FROM item WHERE number = %d");
            case 6 -> take("family", families, "DELETE FROM parent WHERE id = %d");
            case 7 -> {
                run("BEGIN");
                run("INSERT INTO parent VALUES (" + number + ")");
                run("INSERT INTO child SELECT " + number + ", range FROM range(3)");
                run("COMMIT");
                wrote("family", number, families);
            }
            default -> transfer(number);
        }
    }

    private static String items(int number, int from, int to) {
        return "INSERT INTO item SELECT " + number + " * 1000::BIGINT + range, " + number + " FROM range(" + from + ", "
                + to + ")";
    }

    private void savepoints(int number) {
        run("BEGIN");
        run(items(number, 0, 20));
        run("SAVEPOINT a");
        run(items(-number, 0, 5));
        run("DELETE FROM item WHERE number = " + number);
        run("ROLLBACK TO a");
        run(items(number, 20, ROWS));
        run("COMMIT");
    }

    private void transfer(int number) {
        int source = random.nextInt(ACCOUNTS);
        int target = random.nextInt(ACCOUNTS);
        int amount = random.nextInt(100);
        run("BEGIN");
        run("UPDATE account SET balance = balance - " + amount + " WHERE id = " + source);
        run("UPDATE account SET balance = balance + " + amount + " WHERE id = " + target);
        run("INSERT INTO transfer VALUES (" + number + ", " + source + ", " + target + ", " + amount + ")");
        run("COMMIT");
        say("transfer " + number);
    }

    private void wrote(String what, int number, List<Integer> there) {
        say(what + " " + number);
        there.add(number);
    }

    private void take(String what, List<Integer> there, String sql) {
        if (!there.isEmpty()) {
            int number = there.remove(random.nextInt(there.size()));
            say("taking-" + what + " " + number);
            run(sql.formatted(number));
            say("took-" + what + " " + number);
        }
    }

    private void run(String sql) {
        session.update(sql, never);
    }

    private static synchronized void say(String line) {
        System.out.println("@" + line);
        System.out.flush();
    }
}

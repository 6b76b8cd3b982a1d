package io.skyport.statements;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random statements through Skyport and through the engine by itself: the same names, types and rows, or both fail, with
 * SQLSTATEs of one class.
 *
 * <p>{@code -Drandom.seed=new} gives other statements, {@code -Drandom.seed} with a number repeats a run, {@code -Drandom.statements} makes it longer.
 */
final class RandomStatements implements AutoCloseable {

    /** Of every build, so that a build fails only for what changed. */
    private static final long SEED = 20261120L;

    private static final String CONNECTION = "random";
    private static final int SHRINKING_ATTEMPTS = 2_000;
    private static final int THREADS = 2;

    private final PlainEngine engine = new PlainEngine(Duration.ofSeconds(30));
    private final EngineComparison comparison = new EngineComparison(engine);
    private final EmbeddedServer server;
    private int failing;

    private RandomStatements(Path directory) {
        server = new EmbeddedServer(directory, List.of(), engine, Duration.ofSeconds(30));
        for (String sql : RandomQueries.TABLES) {
            for (Answer answer : List.of(server.run(CONNECTION, sql), engine.run(CONNECTION, sql))) {
                if (answer instanceof Answer.Failure failure) {
                    throw new IllegalStateException(failure + "\n" + sql);
                }
            }
        }
    }

    /** What was found in a run. */
    record Found(int statements, int failing, List<String> differences) {}

    static long seed() {
        String given = System.getProperty("random.seed", "");
        return switch (given) {
            case "" -> SEED;
            case "new" -> new Random().nextLong() >>> 16;
            default -> Long.parseLong(given);
        };
    }

    /** Runs statements of the makers that {@code makers} gives for a source of randomness; at most five differences. */
    static Found run(Path directory, String name, int count, Function<Random, Supplier<SqlTree>> makers)
            throws InterruptedException {
        long seed = seed();
        int statements = Integer.getInteger("random.statements", count);
        System.out.println(name + ": " + statements + " statements, repeated by -Drandom.seed=" + seed);
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Found>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int part = i;
                runs.add(workers.submit(() -> {
                    try (RandomStatements some = new RandomStatements(directory.resolve("part-" + part))) {
                        return some.run(statements / THREADS, makers.apply(new Random(seed + part)));
                    }
                }));
            }
            List<String> differences = new ArrayList<>();
            int failing = 0;
            for (Future<Found> run : runs) {
                differences.addAll(run.get().differences());
                failing += run.get().failing();
            }
            return new Found(statements, failing, differences);
        } catch (ExecutionException e) {
            throw new IllegalStateException("seed " + seed, e);
        } finally {
            workers.shutdownNow();
        }
    }

    private Found run(int count, Supplier<SqlTree> maker) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < count && differences.size() < 5; i++) {
            SqlTree statement = maker.get();
            if (difference(statement) != null) {
                SqlTree small = statement.shrunk(tree -> difference(tree) != null, SHRINKING_ATTEMPTS);
                differences.add(small.sql() + "\n" + difference(small) + "\nfound as: " + statement.sql());
            }
        }
        long micros = (threads.getCurrentThreadCpuTime() - start) / 1_000;
        System.out.println(micros / Math.max(1, count) + " microseconds of this thread's CPU a statement");
        return new Found(count, failing, differences);
    }

    /** What differs, or null. */
    @Nullable
    String difference(SqlTree statement) {
        String sql = statement.sql();
        try {
            Answer answer = server.run(CONNECTION, sql);
            failing += answer instanceof Answer.Failure ? 1 : 0;
            return comparison.difference(sql, answer, engine.run(CONNECTION, sql));
        } catch (RuntimeException | StackOverflowError e) {
            return "not Skyport's own exception: " + e;
        }
    }

    @Override
    public void close() {
        server.close();
        comparison.close();
    }
}

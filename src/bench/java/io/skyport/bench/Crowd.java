package io.skyport.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongPredicate;

/** Clients that work at the same time, each with a connection and a thread of its own. */
final class Crowd<C extends AutoCloseable> implements AutoCloseable {

    private final List<C> clients = new ArrayList<>();
    private final ExecutorService threads;

    /** One piece of work of a client. */
    interface Work<C> {
        void run(C client, SplittableRandom random) throws Exception;
    }

    /** Where a client comes from. */
    interface Opening<C> {
        C open() throws Exception;
    }

    /**
     * What all clients did together.
     *
     * @param failures work that ended with an exception; its time is not among the latencies
     * @param seconds until the last client was done
     */
    record Round(Latencies latencies, long failures, double seconds) {

        Round requireNoFailures() {
            if (failures > 0) {
                throw new IllegalStateException(failures + " failed");
            }
            return this;
        }

        /** Pieces of work that went well, a second. */
        double rate() {
            return latencies.count() / seconds;
        }
    }

    private record Share(Latencies latencies, long failures) {}

    Crowd(int size, Opening<C> opening) throws Exception {
        this.threads = Executors.newFixedThreadPool(size);
        try {
            for (int i = 0; i < size; i++) {
                clients.add(opening.open());
            }
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Lets all clients together do {@code count} pieces of work; one that fails ends it with its exception. */
    Round times(int count, Work<C> work) throws Exception {
        int each = Math.max(1, count / clients.size());
        return round(done -> done < each, false, work);
    }

    /** Lets all clients work until the time is over; what fails is counted. */
    Round during(Duration time, Work<C> work) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return round(done -> System.nanoTime() < end, true, work);
    }

    private Round round(LongPredicate more, boolean counting, Work<C> work) throws Exception {
        long start = System.nanoTime();
        List<Future<Share>> running = new ArrayList<>();
        for (C client : clients) {
            SplittableRandom random = new SplittableRandom(running.size());
            running.add(threads.submit(() -> share(client, random, more, counting, work)));
        }
        Latencies latencies = new Latencies();
        long failures = 0;
        for (Future<Share> client : running) {
            latencies.addAll(client.get().latencies());
            failures += client.get().failures();
        }
        return new Round(latencies, failures, (System.nanoTime() - start) / 1e9);
    }

    private Share share(C client, SplittableRandom random, LongPredicate more, boolean counting, Work<C> work)
            throws Exception {
        Latencies latencies = new Latencies();
        long failures = 0;
        for (long done = 0; more.test(done); done++) {
            long start = System.nanoTime();
            try {
                work.run(client, random);
                latencies.add(System.nanoTime() - start);
            } catch (Exception e) {
                if (!counting) {
                    throw e;
                }
                failures++;
            }
        }
        return new Share(latencies, failures);
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        for (C client : clients) {
            client.close();
        }
    }
}

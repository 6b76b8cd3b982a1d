package io.skyport.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients of one bank who transfer money at the same time, each on a thread of its own: both balances are read, both are
 * changed, the transfer is recorded. Who loses a conflict tries again.
 */
final class Transfers implements AutoCloseable {

    private static final AtomicLong IDS = new AtomicLong();

    private final List<Teller> tellers = new ArrayList<>();
    private final ExecutorService threads;
    private final long accounts;
    private final boolean apart;
    private final Latencies latencies = new Latencies();
    private final LongAdder conflicts = new LongAdder();
    private long done;
    private double seconds;

    /** @param apart whether each client has accounts of its own */
    Transfers(Bank bank, int clients, long accounts, boolean apart) throws Exception {
        this.threads = Executors.newFixedThreadPool(clients);
        this.accounts = accounts;
        this.apart = apart;
        for (int i = 0; i < clients; i++) {
            tellers.add(bank.teller());
        }
    }

    /** Lets all clients work for a time. */
    void round(Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Future<Latencies>> running = new ArrayList<>();
        for (int i = 0; i < tellers.size(); i++) {
            int number = i;
            running.add(threads.submit(() -> work(number, end)));
        }
        for (Future<Latencies> client : running) {
            Latencies own = client.get();
            latencies.addAll(own);
            done += own.count();
        }
        seconds += (System.nanoTime() - start) / 1e9;
    }

    /** Forgets what was measured. */
    void warm() {
        latencies.clear();
        conflicts.reset();
        done = 0;
        seconds = 0;
    }

    private Latencies work(int number, long end) throws Exception {
        SplittableRandom random = new SplittableRandom(IDS.incrementAndGet());
        long share = apart ? accounts / tellers.size() : accounts;
        long first = apart ? number * share : 0;
        Latencies own = new Latencies();
        while (System.nanoTime() < end) {
            long source = first + random.nextLong(share);
            long target = first + (source - first + 1 + random.nextLong(share - 1)) % share;
            long start = System.nanoTime();
            while (!transferred(tellers.get(number), source, target, 1 + random.nextLong(9))) {
                conflicts.increment();
            }
            own.add(System.nanoTime() - start);
        }
        return own;
    }

    private static boolean transferred(Teller teller, long source, long target, long amount) throws Exception {
        try {
            teller.begin();
            long both = teller.balance(source) + teller.balance(target);
            teller.change(source, -amount);
            teller.change(target, amount);
            teller.record(IDS.incrementAndGet(), source, target, both - both + amount);
            teller.commit();
            return true;
        } catch (Exception e) {
            if (!teller.isConflict(e)) {
                throw e;
            }
            teller.rollback();
            return false;
        }
    }

    double perSecond() {
        return done / seconds;
    }

    double medianMillis() {
        return latencies.medianMillis();
    }

    /** How often a client had to try again. */
    long conflicts() {
        return conflicts.sum();
    }

    @Override
    public void close() throws Exception {
        threads.shutdown();
        for (Teller teller : tellers) {
            teller.close();
        }
    }
}

package io.skyport.flydb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void work_runs_on_a_thread_of_its_own_and_closing_waits_for_it() throws Exception {
        Workers workers = new Workers(1);
        CountDownLatch closing = new CountDownLatch(1);
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        assertThat(workers.run(() -> {
                    awaitQuietly(closing);
                    ran.complete(Thread.currentThread());
                }))
                .isTrue();
        closing.countDown();
        workers.close();

        assertThat(ran).isDone();
        assertThat(ran.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void what_comes_after_closing_is_refused_and_runs_nowhere() {
        Workers workers = new Workers(1);
        workers.close();
        AtomicBoolean ran = new AtomicBoolean();

        assertThat(workers.run(() -> ran.set(true))).isFalse();
        assertThat(ran).isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void so_many_run_and_the_next_one_waits_until_one_has_ended() {
        Admission admission = admission(2, 0, 10, 10);
        Admission.Place first = taken(admission, "a");
        taken(admission, "b");
        Waiting third = waiting(admission, "c", null);

        assertThat(admission.running()).isEqualTo(2);
        first.close();

        third.runs();
        assertThat(admission.running()).isEqualTo(2);
    }

    @Test
    void a_full_queue_refuses_at_once_and_names_the_limit() {
        Admission admission = admission(1, 0, 1, 10);
        taken(admission, "a");
        Waiting second = waiting(admission, "b", null);

        assertRefused(admission.place("c"), "skyport.session.statements.max-queued)");
        assertThat(second.outcome).isNotDone();
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void a_user_has_places_in_the_queue_of_his_own() {
        Admission admission = admission(1, 0, 10, 1);
        taken(admission, "a");
        waiting(admission, "a", null);

        assertRefused(admission.place("a"), "skyport.session.statements.max-queued-per-user)");
        waiting(admission, "b", null);
    }

    @Test
    void a_user_at_his_limit_does_not_hold_others_up() {
        Admission admission = admission(3, 1, 10, 10);
        Admission.Place first = taken(admission, "a");
        Waiting second = waiting(admission, "a", null);

        taken(admission, "b");
        taken(admission, "c");
        Waiting other = waiting(admission, "d", null);
        first.close();

        // Both were waiting; the place of a's first goes to whose turn it is, and to one of them only.
        await().atMost(10, TimeUnit.SECONDS).until(() -> second.outcome.isDone() || other.outcome.isDone());
        assertThat(admission.running()).isEqualTo(3);
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void turns_go_round_the_users_and_each_users_statements_come_in_their_order() {
        Admission admission = admission(1, 0, 10, 10);
        Admission.Place running = taken(admission, "x");
        List<String> order = new CopyOnWriteArrayList<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (String name : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
            int before = admission.waiting();
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try (Admission.Place place = admission.place(name.substring(0, 1))) {
                            place.await(null);
                            order.add(name);
                        }
                    },
                    threads));
            await().until(() -> admission.waiting() == before + 1);
        }

        running.close();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

        assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
        assertThat(admission.running()).isZero();
    }

    @Test
    void nobody_overtakes_those_who_wait() {
        Admission admission = admission(1, 0, 10, 10);
        Admission.Place running = taken(admission, "a");
        Waiting next = waiting(admission, "b", null);

        running.close();
        Waiting later = waiting(admission, "c", null);

        next.runs();
        assertThat(later.outcome).isNotDone();
    }

    @Test
    void who_waits_too_long_is_refused_and_leaves_the_queue() {
        Admission admission = new Admission(limits(1, 0, 10, 10, Duration.ofMillis(50)));
        Admission.Place running = taken(admission, "a");

        assertRefused(admission.place("b"), "skyport.session.statements.queue-timeout");
        assertThat(admission.waiting()).isZero();
        running.close();
        taken(admission, "b");
    }

    @Test
    void who_gives_up_leaves_the_queue_at_once_and_gets_no_place_later() {
        Admission admission = admission(1, 0, 10, 10);
        taken(admission, "a");
        Waiting second = waiting(admission, "b", null);

        second.place.giveUp();

        assertThat(second.failure().code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        assertThat(admission.waiting()).isZero();
        Admission.Place stopped = admission.place("c");
        stopped.giveUp();
        assertThat(failure(stopped).code()).isEqualTo(ErrorCode.QUERY_CANCELED);
    }

    @Test
    void a_place_that_was_given_back_can_be_taken_again() {
        Admission admission = admission(1, 1, 0, 0);
        Admission.Place place = taken(admission, "a");
        place.close();
        place.close();
        assertThat(admission.running()).isZero();

        place.await(null);
        place.await(null);

        assertThat(admission.running()).isEqualTo(1);
    }

    @Test
    void statements_of_one_transaction_share_a_place_until_the_last_of_them_has_ended() {
        Admission admission = admission(1, 1, 0, 0);
        Object transaction = new Object();
        Admission.Place result = admission.place("a");
        result.await(transaction);
        Admission.Place next = admission.place("a");

        next.await(transaction);
        result.close();

        assertThat(admission.running()).isEqualTo(1);
        assertRefused(admission.place("a"), "max-queued");
        next.close();
        assertThat(admission.running()).isZero();
    }

    @Test
    void when_one_statement_of_a_transaction_gets_its_place_all_that_wait_do() {
        Admission admission = admission(1, 1, 10, 10);
        Object transaction = new Object();
        Admission.Place running = taken(admission, "b");
        Waiting first = waiting(admission, "a", transaction);
        Waiting second = waiting(admission, "a", transaction);
        Waiting other = waiting(admission, "a", null);

        running.close();

        first.runs();
        second.runs();
        assertThat(other.outcome).isNotDone();
        assertThat(admission.running()).isEqualTo(1);
        first.place.close();
        assertThat(other.outcome).isNotDone();
        second.place.close();
        other.runs();
    }

    @Test
    void a_statement_of_a_transaction_goes_before_its_users_others() {
        Admission admission = admission(1, 1, 10, 10);
        Admission.Place running = taken(admission, "a");
        Waiting other = waiting(admission, "a", null);
        Waiting ofTransaction = waiting(admission, "a", new Object());

        running.close();

        ofTransaction.runs();
        assertThat(other.outcome).isNotDone();
    }

    @Test
    void without_limits_nobody_waits() {
        Admission admission = admission(0, 0, 0, 0);
        for (int i = 0; i < 1000; i++) {
            taken(admission, "a");
        }
        assertThat(admission.running()).isEqualTo(1000);
    }

    @Test
    void at_random_no_limit_is_passed_and_everybody_runs() {
        Admission admission = admission(4, 2, 1000, 1000);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger[] ofUser = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicInteger mostOfUser = new AtomicInteger();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int j = 0; j < 500; j++) {
                            int user = ThreadLocalRandom.current().nextInt(ofUser.length);
                            try (Admission.Place place = admission.place("user" + user)) {
                                place.await(null);
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                mostOfUser.accumulateAndGet(ofUser[user].incrementAndGet(), Math::max);
                                Thread.onSpinWait();
                                ofUser[user].decrementAndGet();
                                running.decrementAndGet();
                            }
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(mostOfUser.get()).isLessThanOrEqualTo(2);
        assertThat(admission.running()).isZero();
        assertThat(admission.waiting()).isZero();
    }

    private static Admission admission(int running, int perUser, int queued, int queuedPerUser) {
        return new Admission(limits(running, perUser, queued, queuedPerUser, LONG));
    }

    private static StatementLimits limits(int running, int perUser, int queued, int queuedPerUser, Duration timeout) {
        return new StatementLimits(running, perUser, queued, queuedPerUser, timeout, Duration.ZERO, 0, 0);
    }

    private static Admission.Place taken(Admission admission, String user) {
        Admission.Place place = admission.place(user);
        place.await(null);
        return place;
    }

    /** Waits until it waits. */
    private Waiting waiting(Admission admission, String user, @Nullable Object sharing) {
        int before = admission.waiting();
        Admission.Place place = admission.place(user);
        Waiting waiting = new Waiting(place, CompletableFuture.runAsync(() -> place.await(sharing), threads));
        await().atMost(10, TimeUnit.SECONDS).until(() -> admission.waiting() == before + 1);
        return waiting;
    }

    private record Waiting(Admission.Place place, CompletableFuture<Void> outcome) {

        void runs() {
            outcome.orTimeout(10, TimeUnit.SECONDS).join();
        }

        SkyportException failure() {
            try {
                runs();
            } catch (CompletionException e) {
                return (SkyportException) e.getCause();
            }
            throw new AssertionError("It runs");
        }
    }

    private static SkyportException failure(Admission.Place place) {
        try {
            place.await(null);
        } catch (SkyportException e) {
            return e;
        }
        throw new AssertionError("It runs");
    }

    private static void assertRefused(Admission.Place place, String limit) {
        SkyportException failure = failure(place);
        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThat(failure).hasMessageContaining(limit);
    }
}

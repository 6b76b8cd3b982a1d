package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stored results that live for two seconds. */
class ExpiringResultsTest extends StoredResultsTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.stored-results.timeout", "2s");
    }

    private void awaitGone() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sessions.storedResults().size() == 0);
    }

    @Test
    void a_result_is_read_as_often_as_one_likes_until_it_expires_and_takes_no_disk_then() {
        StoredResult result = finished("SELECT i FROM range(20000) AS t(i)");

        assertThat(longs(result)).hasSize(20_000);
        assertThat(longs(result)).hasSize(20_000);
        assertThat(files()).isEqualTo(1);
        awaitGone();
        assertThat(files()).isZero();
        assertFails(() -> longs(result, 0), ErrorCode.UNKNOWN_HANDLE);
        assertFails(() -> sessions.storedResults().renew(result.handle(), "alice"), ErrorCode.UNKNOWN_HANDLE);
        assertFails(() -> sessions.storedResults().cancel(result.handle(), "alice"), ErrorCode.UNKNOWN_HANDLE);
    }

    @Test
    void a_result_that_is_renewed_lives_longer() {
        StoredResult result = finished("SELECT i FROM range(10) AS t(i)");
        Instant first = result.status().expiration();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            Instant renewed = sessions.storedResults().renew(result.partHandle(0), "alice");
            return renewed.isAfter(first.plusSeconds(2));
        });

        assertThat(Instant.now()).isAfter(first);
        assertThat(longs(result)).hasSize(10);
        awaitGone();
    }

    @Test
    void who_reads_when_it_expires_reads_to_the_end() {
        StoredResult result = finished("SELECT i FROM range(1000000) AS t(i)");
        Promised part = sessions.storedResults().part(result.partHandle(0), "alice");
        awaitGone();
        assertThat(files()).isEqualTo(1);

        assertThat(longs(part)).hasSize(1_000_000);
        assertThat(files()).isZero();
    }
}

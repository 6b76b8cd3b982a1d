package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.session.LogContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class WorkersLogTest {

    @Test
    void a_thread_forgets_the_statement_of_the_call_before() throws Exception {
        try (Workers workers = new Workers("test", 1, "max-tests")) {
            workers.run(() -> MDC.put(LogContext.QUERY_ID, "q1"));
            CompletableFuture<@Nullable String> next = new CompletableFuture<>();
            while (workers.active() > 0) {
                Thread.onSpinWait();
            }
            workers.run(() -> next.complete(MDC.get(LogContext.QUERY_ID)));

            assertThat(next.get(20, TimeUnit.SECONDS)).isNull();
        }
    }
}

package io.skyport.clients;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.skyport.SkyportServer;
import java.time.Duration;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test the shared server holds no Arrow buffer and no open stream, whatever the test's clients did. */
final class NothingHeld implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        check(Endpoint.server());
    }

    static void check(SkyportServer server) {
        await("all streams closed")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.bean(MeterRegistry.class)
                                .get("skyport.streams.active")
                                .gauge()
                                .value()
                        == 0);
        await("all Arrow buffers freed")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.bean(BufferAllocator.class).getAllocatedMemory() == 0);
    }
}

package io.skyport.observability;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The buckets of all durations: from what a point lookup takes to what a report takes, 2 to 3 in each power of ten. */
final class Histograms {

    private static final Duration[] BUCKETS = Stream.concat(
                    LongStream.of(1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000)
                            .mapToObj(micros -> Duration.ofNanos(micros * 1_000)),
                    Stream.of(1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
                            .map(Duration::ofMillis))
            .toArray(Duration[]::new);

    private Histograms() {}

    static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }
}

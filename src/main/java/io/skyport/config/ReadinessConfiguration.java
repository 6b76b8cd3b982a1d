package io.skyport.config;

import io.skyport.config.Readiness.Obstacle;
import io.skyport.engine.DataProperties;
import io.skyport.engine.EngineListener;
import io.skyport.error.SkyportException;
import io.skyport.flightsql.FlightServerState;
import io.skyport.observability.Measure;
import io.skyport.observability.Obstacles;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Who tells clients and load balancers whether to come: {@link Readiness} knows; gRPC's health service, Actuator's health
 * group {@code readiness} and the metrics repeat it.
 */
@Configuration(proxyBeanMethods = false)
class ReadinessConfiguration {

    @Bean
    Readiness readiness(FlightServerState flight) {
        return new Readiness(flight::ready);
    }

    /** Spring says when the start is over and the stop begins. */
    @Bean
    ApplicationListener<AvailabilityChangeEvent<ReadinessState>> lifeOfTheServer(
            Readiness readiness, ApplicationContext context) {
        // A class and not a lambda, whose event type Spring could not see.
        return new ApplicationListener<AvailabilityChangeEvent<ReadinessState>>() {
            @Override
            public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
                if (event.getSource() != context) {
                    return; // Actuator's context on a port of its own
                }
                if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
                    readiness.remove(Obstacle.STARTING);
                } else {
                    readiness.add(Obstacle.STOPPING);
                }
            }
        };
    }

    @Bean
    EngineListener engineReadiness(Readiness readiness) {
        return new EngineListener() {
            @Override
            public void reopening(SkyportException cause) {
                readiness.add(Obstacle.ENGINE);
            }

            @Override
            public void reopened(Duration outage) {
                readiness.remove(Obstacle.ENGINE);
            }
        };
    }

    @Bean
    Obstacles obstacles(Readiness readiness) {
        return new Obstacles(readiness::obstacles);
    }

    @Bean
    Measure ready(Readiness readiness) {
        return Measure.of(
                "skyport.ready", "1, or 0 while clients should go elsewhere", () -> readiness.ready() ? 1 : 0);
    }

    /** Looks once before the server is ready for the first time. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService diskWatch(ReadinessProperties properties, DataProperties data, Readiness readiness) {
        File directory = data.dataDir().toFile();
        DiskWatch watch = new DiskWatch(readiness, directory::getUsableSpace, properties.minFreeBytes());
        watch.run();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "skyport-disk-watch");
            thread.setDaemon(true);
            return thread;
        });
        long millis = properties.diskCheckInterval().toMillis();
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(watch, millis, millis, TimeUnit.MILLISECONDS);
        return timer;
    }
}

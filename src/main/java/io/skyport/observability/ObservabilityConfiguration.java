package io.skyport.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineGauges;
import io.skyport.engine.EngineListener;
import io.skyport.session.SessionListener;
import io.skyport.sql.SqlCompiler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the observability room: listeners and meters; nothing calls into it. */
@Configuration(proxyBeanMethods = false)
public class ObservabilityConfiguration {

    @Bean
    SessionListener sessionMetrics(MeterRegistry registry) {
        return new SessionMetrics(registry);
    }

    @Bean
    EngineListener engineMetrics(MeterRegistry registry) {
        return new EngineMetrics(registry);
    }

    @Bean
    MeterBinder engineGauges(EngineGauges engine) {
        return registry -> {
            Gauge.builder("skyport.engine.connections.active", engine, EngineGauges::activeConnections)
                    .description("Connections of the engine that are in use")
                    .register(registry);
            Gauge.builder("skyport.engine.connections.max", engine, EngineGauges::maxConnections)
                    .description("skyport.engine.max-connections")
                    .register(registry);
            Gauge.builder("skyport.engine.memory", engine, ObservabilityConfiguration::engineMemory)
                    .description("Memory of the engine")
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        };
    }

    @Bean
    MeterBinder planCache(SqlCompiler compiler) {
        return registry -> {
            FunctionCounter.builder("skyport.plan.cache.hits", compiler, SqlCompiler::cacheHits)
                    .description("Statements that were found compiled")
                    .register(registry);
            FunctionCounter.builder("skyport.plan.cache.misses", compiler, SqlCompiler::cacheMisses)
                    .description("Statements that had to be compiled")
                    .register(registry);
        };
    }

    @Bean
    MeterBinder measures(ObjectProvider<Measure> measures) {
        return registry -> measures.forEach(measure -> Gauge.builder(measure.name(), measure.value()::getAsLong)
                .description(measure.description())
                .baseUnit(measure.unit())
                .register(registry));
    }

    /** Named "engine" among the health components. */
    @Bean
    HealthIndicator engineHealthIndicator(Engine engine) {
        return new EngineHealth(engine);
    }

    private static double engineMemory(EngineGauges engine) {
        long bytes = engine.memoryUsed();
        return bytes < 0 ? Double.NaN : bytes;
    }
}

package io.skyport.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.skyport.engine.Engine;
import io.skyport.session.SessionListener;
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
    MeterBinder memoryGauges(ObjectProvider<MemoryGauge> gauges) {
        return registry -> gauges.forEach(gauge -> Gauge.builder(gauge.name(), gauge.bytes()::getAsLong)
                .description(gauge.description())
                .baseUnit(BaseUnits.BYTES)
                .register(registry));
    }

    /** Named "engine" among the health components. */
    @Bean
    HealthIndicator engineHealthIndicator(Engine engine) {
        return new EngineHealth(engine);
    }
}

package io.skyport.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.skyport.catalog.Catalog;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineGauges;
import io.skyport.engine.EngineListener;
import io.skyport.session.SessionListener;
import io.skyport.session.SessionProperties;
import io.skyport.session.Sessions;
import io.skyport.sql.SqlCompiler;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the observability room: listeners and meters; nothing calls into it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
public class ObservabilityConfiguration {

    @Bean
    SessionListener sessionMetrics(MeterRegistry registry) {
        return new SessionMetrics(registry);
    }

    @Bean
    StatementText statementText(HistoryProperties properties) {
        return new StatementText(properties.literals(), properties.maxTextLength());
    }

    /** Outlives the sessions, which tell it of their last statements. */
    @Bean(destroyMethod = "close")
    QueryHistory queryHistory(Engine engine, HistoryProperties properties, StatementText statementText) {
        return new QueryHistory(engine, properties, statementText, InstantSource.system()).started();
    }

    @Bean(destroyMethod = "close")
    SlowStatements slowStatements(Engine engine, HistoryProperties properties, StatementText statementText) {
        return new SlowStatements(engine, properties, statementText, InstantSource.system()).started();
    }

    @Bean
    LiveTables liveTables(Sessions sessions, StatementText statementText, Engine engine) {
        LiveTables tables = new LiveTables(sessions, statementText);
        tables.publish(engine);
        return tables;
    }

    @Bean
    EngineListener engineMetrics(MeterRegistry registry) {
        return new EngineMetrics(registry);
    }

    @Bean
    Measures sessionMeasures(Sessions sessions, SessionProperties properties) {
        return SessionMeasures.of(sessions, properties);
    }

    @Bean
    Measures engineMeasures(Engine engine, EngineGauges gauges) {
        return EngineMeasures.of(engine, gauges);
    }

    @Bean
    Measure historyDropped(QueryHistory history) {
        return Measure.counted(
                "skyport.history.dropped", "Statements that the query history could not keep", history::dropped);
    }

    @Bean
    Measures planCache(SqlCompiler compiler) {
        return Measures.of(
                Measure.counted("skyport.plan.cache.hits", "Statements that were found compiled", compiler::cacheHits),
                Measure.counted(
                        "skyport.plan.cache.misses", "Statements that had to be compiled", compiler::cacheMisses),
                Measure.of("skyport.plan.cache.size", "Statements that are kept compiled", compiler::cacheSize));
    }

    @Bean
    MeterBinder measures(ObjectProvider<Measure> single, ObjectProvider<Measures> several) {
        return registry -> Stream.concat(single.stream(), several.stream().flatMap(measures -> measures.all().stream()))
                .forEach(measure -> register(measure, registry));
    }

    private static void register(Measure measure, MeterRegistry registry) {
        List<Tag> tags = measure.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
        if (measure.counts()) {
            FunctionCounter.builder(measure.name(), measure.value(), DoubleSupplier::getAsDouble)
                    .description(measure.description())
                    .baseUnit(measure.unit())
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(measure.name(), () -> known(measure.value().getAsDouble()))
                    .description(measure.description())
                    .baseUnit(measure.unit())
                    .tags(tags)
                    .register(registry);
        }
    }

    /** Named "traffic" among the health components. */
    @Bean
    HealthIndicator trafficHealthIndicator(Obstacles obstacles) {
        return new TrafficHealth(obstacles);
    }

    @Bean
    SessionsEndpoint sessionsEndpoint(Sessions sessions) {
        return new SessionsEndpoint(sessions);
    }

    @Bean
    QueriesEndpoint queriesEndpoint(Sessions sessions, StatementText statementText) {
        return new QueriesEndpoint(sessions, statementText);
    }

    @Bean
    DatabasesEndpoint databasesEndpoint(Catalog catalog, EngineGauges engine) {
        return new DatabasesEndpoint(catalog, engine);
    }

    @Bean
    PlanCacheEndpoint planCacheEndpoint(SqlCompiler compiler) {
        return new PlanCacheEndpoint(compiler);
    }

    /** Off by default. */
    @Bean
    @ConditionalOnProperty("management.tracing.enabled")
    QueryTracing queryTracing(Tracer tracer, Propagator propagator) {
        return new QueryTracing(tracer, propagator);
    }

    private static double known(double value) {
        return value < 0 ? Double.NaN : value;
    }

    /** Named "engine" among the health components. */
    @Bean
    HealthIndicator engineHealthIndicator(Engine engine) {
        return new EngineHealth(engine);
    }
}

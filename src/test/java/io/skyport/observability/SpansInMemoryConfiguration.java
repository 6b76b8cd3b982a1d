package io.skyport.observability;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the spans of a server that is started with {@value #SETTING}, for tests to look at. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("test.spans-in-memory")
class SpansInMemoryConfiguration {

    static final String SETTING = "test.spans-in-memory=true";

    /** No exporter to Spring Boot, which would give it every span once more, some time later. */
    record Spans(InMemorySpanExporter exporter) {}

    @Bean
    Spans spansInMemory() {
        return new Spans(InMemorySpanExporter.create());
    }

    @Bean
    SpanProcessor spansToMemory(Spans spans) {
        return SimpleSpanProcessor.create(spans.exporter());
    }
}

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

    @Bean
    InMemorySpanExporter spansInMemory() {
        return InMemorySpanExporter.create();
    }

    @Bean
    SpanProcessor spansToMemory(InMemorySpanExporter exporter) {
        return SimpleSpanProcessor.create(exporter);
    }
}

package io.skyport.config;

import io.skyport.flightsql.FlightServerState;
import io.skyport.flydb.server.FlydbServer;
import io.skyport.observability.Measure;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What observability measures in rooms that it does not see. */
@Configuration(proxyBeanMethods = false)
public class MeasuresConfiguration {

    @Bean
    Measure arrowMemory(@Qualifier("rootAllocator") BufferAllocator rootAllocator) {
        return new Measure(
                "skyport.arrow.memory",
                "Memory of Arrow batches, outside the heap",
                Measure.BYTES,
                rootAllocator::getAllocatedMemory);
    }

    @Bean
    Measure arrowMemoryPeak(@Qualifier("rootAllocator") BufferAllocator rootAllocator) {
        return new Measure(
                "skyport.arrow.memory.peak",
                "Most memory of Arrow batches since the start",
                Measure.BYTES,
                rootAllocator::getPeakMemoryAllocation);
    }

    @Bean
    Measure flightConnections(FlightServerState flight) {
        return new Measure(
                "skyport.flightsql.connections", "Open connections of Flight SQL clients", null, flight::connections);
    }

    @Bean
    Measure flydbConnections(ObjectProvider<FlydbServer> flydb) {
        return new Measure(
                "skyport.flydb.connections",
                "Open connections of FlyDB clients",
                null,
                () -> flydb.stream().mapToInt(FlydbServer::connections).sum());
    }
}

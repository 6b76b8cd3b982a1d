package io.skyport.config;

import io.skyport.engine.DataProperties;
import io.skyport.engine.Engine;
import io.skyport.flightsql.FlightServerState;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.server.FlydbServer;
import io.skyport.flydb.server.Traffic;
import io.skyport.observability.Measure;
import io.skyport.observability.Measures;
import io.skyport.security.Attempts;
import io.skyport.security.Attempts.Method;
import io.skyport.security.Authenticator;
import io.skyport.security.Door;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What observability measures in rooms that it does not see. */
@Configuration(proxyBeanMethods = false)
public class MeasuresConfiguration {

    private static final String UNKNOWN = "unknown";

    @Bean
    Measures memoryAndDisk(@Qualifier("rootAllocator") BufferAllocator rootAllocator, DataProperties data) {
        File directory = data.dataDir().toFile();
        return Measures.of(
                Measure.bytes(
                        "skyport.arrow.memory",
                        "Memory of Arrow batches, outside the heap",
                        rootAllocator::getAllocatedMemory),
                Measure.bytes(
                        "skyport.arrow.memory.peak",
                        "Most memory of Arrow batches since the start",
                        rootAllocator::getPeakMemoryAllocation),
                Measure.bytes("skyport.data.free", "Free disk space of the data directory", directory::getUsableSpace),
                Measure.bytes("skyport.data.total", "Disk space of the data directory", directory::getTotalSpace));
    }

    @Bean
    Measure flightConnections(FlightServerState flight) {
        return Measure.of(
                "skyport.flightsql.connections", "Open connections of Flight SQL clients", flight::connections);
    }

    @Bean
    Measures flydbTraffic(ObjectProvider<FlydbServer> flydb) {
        List<Measure> all = new ArrayList<>();
        flydb.ifAvailable(server -> all.addAll(traffic(server)));
        return new Measures(all);
    }

    private static List<Measure> traffic(FlydbServer server) {
        Traffic traffic = server.traffic();
        List<Measure> all = new ArrayList<>(List.of(
                Measure.of("skyport.flydb.connections", "Open connections of FlyDB clients", server::connections),
                Measure.of("skyport.flydb.connections.limit", "skyport.flydb.max-connections", server::maxConnections),
                Measure.counted("skyport.flydb.frames.sent", "Frames sent to FlyDB clients", traffic::sent),
                Measure.countedBytes("skyport.flydb.sent", "Sent to FlyDB clients, without TLS", traffic::bytesSent),
                Measure.countedBytes(
                        "skyport.flydb.received", "Got from FlyDB clients, without TLS", traffic::bytesReceived),
                received("unknown", traffic::unknown)));
        for (MessageType type : MessageType.values()) {
            if (type.asks()) {
                all.add(received(type.name().toLowerCase(Locale.ROOT), () -> traffic.received(type)));
            }
        }
        return all;
    }

    private static Measure received(String type, LongSupplier count) {
        return Measure.counted("skyport.flydb.frames.received", "Frames that FlyDB clients sent", count)
                .labelled(Map.of("type", type));
    }

    @Bean
    Measures authentications(Authenticator authenticator) {
        List<Measure> all = new ArrayList<>();
        for (Door door : Door.values()) {
            for (Method method : Method.values()) {
                all.add(authentications(authenticator.attempts(), door, method, true));
                all.add(authentications(authenticator.attempts(), door, method, false));
            }
        }
        return new Measures(all);
    }

    private static Measure authentications(Attempts attempts, Door door, Method method, boolean success) {
        return Measure.counted(
                        "skyport.authentications",
                        "Credentials that were checked",
                        () -> attempts.count(door, method, success))
                .labelled(Map.of(
                        "protocol", door.label(),
                        "method", method.label(),
                        "outcome", success ? "success" : "failure"));
    }

    @Bean
    Measure buildInfo(ObjectProvider<BuildProperties> build, Engine engine) {
        BuildProperties built = build.getIfAvailable();
        String arrow = BufferAllocator.class.getPackage().getImplementationVersion();
        Map<String, String> labels = Map.of(
                "version",
                built == null ? UNKNOWN : built.getVersion(),
                "java",
                Runtime.version().toString(),
                "engine",
                engine.version(),
                "arrow",
                arrow == null ? UNKNOWN : arrow);
        return new Measure("skyport.build.info", "What is running", null, labels, false, () -> 1);
    }
}

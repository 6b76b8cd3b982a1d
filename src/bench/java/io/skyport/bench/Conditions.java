package io.skyport.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flight.FlightClient;

/** What a reader must know about a run to judge its figures. */
final class Conditions {

    private Conditions() {}

    static Map<String, String> of(BenchSettings settings, String duckdbVersion) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("Date", LocalDate.now().toString());
        conditions.put("Scale factor", settings.scaleName());
        conditions.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " cores for both processes together, " + processor());
        conditions.put(
                "Load average before",
                Result.ratio(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                        + " (above 0.5 the machine was not quiet)");
        conditions.put(
                "Each DuckDB",
                settings.threads() + " threads, " + settings.memory() + " MiB, version " + duckdbVersion);
        conditions.put("JDK", Runtime.version() + " for both processes");
        conditions.put("Server", settings.jar().getFileName() + " " + String.join(" ", settings.serverOptions()));
        conditions.put("Arrow", String.valueOf(FlightClient.class.getPackage().getImplementationVersion()));
        return conditions;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // Not a Linux.
        }
    }
}

package io.skyport.bench;

import io.skyport.bench.CompileTexts.Texts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A process that compiles each text once. */
final class CompileProcess {

    private static final String WARM_UP = "warm-up";
    private static final String FIRST = "first statement (point lookup)";

    private CompileProcess() {}

    /** Returns lines of {@code name=nanoseconds}. */
    static List<String> run(BenchSettings settings, Path data, boolean warmedUp) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Collections.addAll(
                command,
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                "-Dskyport.bench.directory=" + settings.directory(),
                "-cp",
                System.getProperty("java.class.path"),
                CompileProcess.class.getName(),
                data.toString(),
                Boolean.toString(warmedUp));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines =
                    output.lines().filter(line -> line.contains("=")).toList();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The compiling process failed");
            }
            return lines;
        }
    }

    public static void main(String[] arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        try (BufferAllocator allocator = new RootAllocator();
                Compiling skyport = new Compiling(Path.of(arguments[0]), settings.directory(), settings, allocator)) {
            if (Boolean.parseBoolean(arguments[1])) {
                long start = System.nanoTime();
                skyport.warmUp();
                System.out.println(WARM_UP + "=" + (System.nanoTime() - start));
            }
            for (Texts set : CompileTexts.all()) {
                String name = set.name().equals(CompileTexts.LOOKUP) ? FIRST : set.name();
                for (String text : set.byName().values()) {
                    System.out.println(name + "=" + skyport.compile(text, set.schema()));
                }
            }
        }
    }
}

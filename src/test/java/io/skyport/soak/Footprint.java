package io.skyport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.ServerOnDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a server takes of its machine when it has nothing to do.
 *
 * @param heap bytes that are alive behind a garbage collection
 */
record Footprint(double threads, double files, double heap) {

    static Footprint of(ServerOnDisk server) throws IOException, InterruptedException {
        collectGarbage(server.process().pid());
        return new Footprint(
                server.metric("jvm_threads_live_threads"),
                server.metric("process_files_open_files"),
                server.metric("jvm_memory_used_bytes{area=\"heap\""));
    }

    private static void collectGarbage(long pid) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    void assertAtMost(Footprint before, int few, double bytes) {
        assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + few);
        assertThat(files).as("open files").isLessThanOrEqualTo(before.files + few);
        assertThat(heap).as("heap").isLessThanOrEqualTo(before.heap + bytes);
    }
}

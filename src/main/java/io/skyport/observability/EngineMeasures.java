package io.skyport.observability;

import io.skyport.engine.Engine;
import io.skyport.engine.EngineGauges;

/** What the engine holds now. */
final class EngineMeasures {

    private EngineMeasures() {}

    static Measures of(Engine engine, EngineGauges gauges) {
        return Measures.of(
                Measure.of(
                        "skyport.engine.available",
                        "1, or 0 while the engine is reopened and nothing runs",
                        () -> engine.available() ? 1 : 0),
                Measure.of(
                        "skyport.engine.connections.active",
                        "Connections of the engine that are in use",
                        gauges::activeConnections),
                Measure.of(
                        "skyport.engine.connections.limit", "skyport.engine.max-connections", gauges::maxConnections),
                Measure.bytes("skyport.engine.memory", "Memory of the engine", gauges::memoryUsed),
                Measure.bytes(
                        "skyport.engine.memory.limit",
                        "Memory of the engine at most, before it spills",
                        gauges::memoryLimit),
                Measure.bytes("skyport.engine.spill", "Files that the engine spills to", gauges::spilled),
                Measure.bytes("skyport.spooled", "Rows that the server put aside on disk", gauges::spooled),
                Measure.bytes("skyport.spooled.limit", "skyport.engine.max-spooled-size", gauges::maxSpooled));
    }
}

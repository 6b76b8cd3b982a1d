package io.skyport.bench;

/** One thing that is measured on both sides. */
interface Measurement {

    /** The name that {@code -Dskyport.bench.only} selects it by. */
    String name();

    Result run(Sides sides) throws Exception;
}

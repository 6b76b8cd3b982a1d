package io.skyport.session;

/**
 * When each phase of a statement was, in nanoseconds after its start by the clock on the wall; {@link #NEVER} for what there was
 * not.
 *
 * @param compiled when the compiler was done
 * @param queued when it began to wait for its turn
 * @param admitted when that was over
 * @param engine when the engine was first asked
 * @param firstBatch when the first rows were there
 * @param ended when it had ended
 */
public record Timeline(long compiled, long queued, long admitted, long engine, long firstBatch, long ended) {

    public static final long NEVER = -1;
}

package io.skyport.session;

/** What became of cancelling a statement, which may be asked for any number of times. */
public enum CancelOutcome {
    /** It does not run, and its rows cannot be fetched. */
    CANCELLED,
    /** It was told to stop and does so soon. */
    CANCELLING,
    /** It had ended before. */
    NOT_CANCELLABLE
}

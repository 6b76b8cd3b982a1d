package io.skyport.session;

/** Why a statement was not let run ({@code skyport.session.statements}); each is an SQLSTATE 53400. */
public enum Refusal {
    /** {@code max-queued} waited already. */
    QUEUE_FULL("queue_full"),
    /** {@code max-queued-per-user} of its user waited already. */
    USER_QUEUE_FULL("user_queue_full"),
    /** It waited for {@code queue-timeout}. */
    QUEUE_TIMEOUT("queue_timeout");

    private final String label;

    Refusal(String label) {
        this.label = label;
    }

    /** As metrics write it. */
    public String label() {
        return label;
    }
}

package io.skyport.session;

/** By which wire a statement came. */
public enum Protocol {
    /** Arrow Flight SQL over gRPC. */
    FLIGHT_SQL("flightsql"),
    /** FlyDB's binary protocol. */
    FLYDB("flydb"),
    /** None: the server's own. */
    INTERNAL("internal");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    /** As metrics, the query history and logs write it. */
    public String label() {
        return label;
    }
}

package io.skyport.security;

/** Where somebody asks to be let in. */
public enum Door {
    FLIGHT_SQL("flightsql"),
    FLYDB("flydb"),
    HTTP("http");

    private final String label;

    Door(String label) {
        this.label = label;
    }

    /** As metrics write it. */
    public String label() {
        return label;
    }
}

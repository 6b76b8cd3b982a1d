package io.skyport.sql;

/**
 * What a statement asks of its session besides where names are looked up, which few do.
 *
 * @param settings whether it shows settings and options
 * @param time whether it asks what time it is in its transaction, which is compiled into it
 * @param runningTime whether it asks for the time in a way that gives another one when it is run again
 * @param viewer whether its rows depend on who runs it: {@link CompiledStatement#seenBy}
 */
public record Asked(boolean settings, boolean time, boolean runningTime, boolean viewer) {

    public static final Asked NOTHING = new Asked(false, false, false, false);
}

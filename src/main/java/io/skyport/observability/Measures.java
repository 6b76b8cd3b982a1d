package io.skyport.observability;

import java.util.List;

/** Some numbers that belong together. */
public record Measures(List<Measure> all) {

    public Measures {
        all = List.copyOf(all);
    }

    public static Measures of(Measure... all) {
        return new Measures(List.of(all));
    }
}

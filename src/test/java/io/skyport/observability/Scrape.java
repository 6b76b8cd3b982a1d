package io.skyport.observability;

import io.skyport.SkyportServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server shows to Prometheus at one time. */
final class Scrape {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Set<String> OF_HISTOGRAMS = Set.of("le", "quantile");

    private final String text;
    private final Map<String, Family> families = new TreeMap<>();

    /** Metrics of one name. */
    record Family(String type, Set<String> labels) {}

    private Scrape(String text) {
        this.text = text;
        String name = "";
        for (String line : text.split("\n")) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                name = type.group(1);
                families.put(name, new Family(type.group(2), new TreeSet<>()));
            } else if (sample.matches() && sample.group(2) != null) {
                labels(sample.group(2)).keySet().stream()
                        .filter(label -> !OF_HISTOGRAMS.contains(label))
                        .forEach(families.get(name).labels()::add);
            }
        }
    }

    static Scrape of(SkyportServer server) {
        return new Scrape(
                server.get("/actuator/prometheus", SkyportServer.basic(SkyportServer.USER, SkyportServer.PASSWORD))
                        .body());
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    Map<String, Family> families() {
        return families;
    }

    String text() {
        return text;
    }

    /** The sum of all samples of this name that have these labels: pairs of keys and values. */
    double value(String name, String... labels) {
        double sum = 0;
        for (String line : text.split("\n")) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches() && sample.group(1).equals(name)) {
                Map<String, String> there = labels(sample.group(2) == null ? "" : sample.group(2));
                sum += has(there, List.of(labels)) ? Double.parseDouble(sample.group(3)) : 0;
            }
        }
        return sum;
    }

    private static boolean has(Map<String, String> there, List<String> labels) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (!labels.get(i + 1).equals(there.get(labels.get(i)))) {
                return false;
            }
        }
        return true;
    }
}

package io.skyport.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics that docs/metrics.md lists, as time series.
 *
 * @param series by name
 * @param prefixes of names that libraries give
 */
record Metrics(Map<String, Series> series, Set<String> prefixes) {

    private static final Pattern METRIC =
            Pattern.compile("\\| `(\\w+)` \\| (counter|gauge|histogram) \\| (.*?) ?\\|.*");
    private static final Pattern PREFIX = Pattern.compile("\\| `(\\w+_)` \\| [^|]+ \\|");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

    /**
     * Time series of one name.
     *
     * @param counter whether they only grow
     */
    record Series(boolean counter, Set<String> labels) {}

    static Metrics documented() throws IOException {
        Map<String, Series> series = new TreeMap<>();
        Set<String> prefixes = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
            Matcher metric = METRIC.matcher(line);
            Matcher prefix = PREFIX.matcher(line);
            if (metric.matches()) {
                add(series, metric.group(1), metric.group(2), labels(metric.group(3)));
            } else if (prefix.matches()) {
                prefixes.add(prefix.group(1));
            }
        }
        // Of Prometheus itself.
        series.put("up", new Series(false, Set.of()));
        return new Metrics(series, prefixes);
    }

    private static void add(Map<String, Series> series, String name, String type, Set<String> labels) {
        if (type.equals("histogram")) {
            Set<String> bucket = new HashSet<>(labels);
            bucket.add("le");
            series.put(name + "_bucket", new Series(true, bucket));
            series.put(name + "_sum", new Series(true, labels));
            series.put(name + "_count", new Series(true, labels));
            series.put(name + "_max", new Series(false, labels));
        } else {
            series.put(name, new Series(type.equals("counter"), labels));
        }
    }

    private static Set<String> labels(String cell) {
        return LABEL.matcher(cell).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    /** The same, with what libraries give as {@code scrape}, the text of /actuator/prometheus, shows it. */
    Metrics with(String scrape) {
        Map<String, Series> all = new TreeMap<>(series);
        Map<String, String> types = new TreeMap<>();
        for (String line : scrape.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                types.put(line.split(" ")[2], line.split(" ")[3]);
            } else if (!line.startsWith("#") && prefixes.stream().anyMatch(line::startsWith)) {
                String name = line.split("[{ ]", 2)[0];
                String type =
                        types.getOrDefault(name, types.getOrDefault(name.replaceAll("_(bucket|sum|count)$", ""), ""));
                Set<String> labels = new HashSet<>();
                Arrays.stream(line.replaceAll("^[^{]*\\{?|}[^}]*$", "").split("\",?"))
                        .filter(label -> label.contains("="))
                        .forEach(label -> labels.add(label.split("=", 2)[0]));
                all.put(name, new Series(!type.equals("gauge"), labels));
            }
        }
        return new Metrics(all, prefixes);
    }
}

package io.skyport.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PromQL far enough to know which metrics and labels it uses, and refuses what Prometheus would not read
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/). Grafana's {@code $__rate_interval} stands for a duration.
 */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<duration>(?:\\d+(?:ms|[smhdwy]))+\\b|\\$__(?:rate_interval|range|interval)\\b)"
            + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<symbol>=~|!~|!=|==|<=|>=|[-+*/%^(){}\\[\\],=<>:]))");
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "avg", "min", "max", "count", "group", "topk", "bottomk");
    private static final Set<String> FUNCTIONS = Set.of(
            "rate",
            "irate",
            "increase",
            "changes",
            "resets",
            "delta",
            "predict_linear",
            "histogram_quantile",
            "absent",
            "clamp_min",
            "clamp_max",
            "max_over_time",
            "avg_over_time");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "^", "==", "!=", "<", ">", "<=", ">=", "and", "or", "unless");
    private static final Set<String> MATCHERS = Set.of("=", "!=", "=~", "!~");
    private static final String END = "";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupings = new HashSet<>();
    private int next;

    /**
     * Series that a query asks for.
     *
     * @param metric its name
     * @param labels that it is chosen by
     * @param function what is applied to it directly, empty for nothing
     * @param range whether it is a range of time, as {@code [5m]}
     */
    record Selector(String metric, Set<String> labels, String function, boolean range) {}

    /**
     * What a query uses.
     *
     * @param groupings labels that its results are grouped or matched by
     */
    record Query(List<Selector> selectors, Set<String> groupings) {}

    private PromQl(String text) {
        this.text = text;
        Matcher token = TOKEN.matcher(text.stripTrailing());
        int end = 0;
        while (token.find(end) && token.start() == end) {
            tokens.add(token.group().strip());
            end = token.end();
        }
        if (end != text.stripTrailing().length()) {
            throw new IllegalArgumentException("no PromQL: " + text.substring(end));
        }
    }

    /** @throws IllegalArgumentException if that is not PromQL */
    static Query parse(String text) {
        PromQl parser = new PromQl(text);
        parser.expression("");
        if (!parser.peek().equals(END)) {
            throw parser.unexpected();
        }
        return new Query(parser.selectors, parser.groupings);
    }

    private void expression(String function) {
        operand(function);
        while (OPERATORS.contains(peek())) {
            take();
            if (peek().equals("bool")) {
                take();
            }
            if (peek().equals("on") || peek().equals("ignoring")) {
                take();
                groupings.addAll(labelList());
            }
            if (peek().equals("group_left") || peek().equals("group_right")) {
                take();
                groupings.addAll(labelList());
            }
            operand("");
        }
    }

    private void operand(String function) {
        String token = peek();
        if (token.equals("-")) {
            take();
            operand(function);
        } else if (token.equals("(")) {
            take();
            expression("");
            expect(")");
        } else if (token.startsWith("\"") || token.matches("\\d.*")) {
            take();
        } else if (AGGREGATIONS.contains(token)) {
            take();
            grouping();
            arguments("");
            grouping();
        } else if (token.matches("[a-zA-Z_:].*") && second().equals("(")) {
            if (!FUNCTIONS.contains(token)) {
                throw new IllegalArgumentException("no function " + token + " in " + text);
            }
            arguments(take());
        } else {
            selector(function);
        }
    }

    private void grouping() {
        if (peek().equals("by") || peek().equals("without")) {
            take();
            groupings.addAll(labelList());
        }
    }

    private Set<String> labelList() {
        Set<String> labels = new HashSet<>();
        expect("(");
        while (!peek().equals(")")) {
            labels.add(name());
            if (!peek().equals(")")) {
                expect(",");
            }
        }
        expect(")");
        return labels;
    }

    private void arguments(String function) {
        expect("(");
        expression(function);
        while (peek().equals(",")) {
            take();
            expression(function);
        }
        expect(")");
    }

    private void selector(String function) {
        String metric = name();
        Set<String> labels = new HashSet<>();
        if (peek().equals("{")) {
            take();
            while (!peek().equals("}")) {
                labels.add(name());
                if (!MATCHERS.contains(take()) || !take().startsWith("\"")) {
                    throw new IllegalArgumentException("no label matcher in " + text);
                }
                if (!peek().equals("}")) {
                    expect(",");
                }
            }
            expect("}");
        }
        boolean range = peek().equals("[");
        if (range) {
            take();
            if (!take().matches("(\\d+[a-z]+)+|\\$__\\w+")) {
                throw new IllegalArgumentException("no duration in " + text);
            }
            expect("]");
        }
        selectors.add(new Selector(metric, labels, function, range));
    }

    private String name() {
        if (!peek().matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw unexpected();
        }
        return take();
    }

    private void expect(String symbol) {
        if (!take().equals(symbol)) {
            throw new IllegalArgumentException("no " + symbol + " where one should be in " + text);
        }
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : END;
    }

    private String second() {
        return next + 1 < tokens.size() ? tokens.get(next + 1) : END;
    }

    private String take() {
        String token = peek();
        next++;
        return token;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected '" + peek() + "' in " + text);
    }
}

package io.skyport.sql;

import io.skyport.engine.Connections;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.StatementDescription;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Form;
import io.skyport.sql.print.Hole;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Form} of a statement by asking the engine, which alone knows the types inside it.
 *
 * <p>A division is {@code //} in the engine, unless the engine has no {@code //} for its operands, as for an INTERVAL:
 * it says so, with the place, and the division becomes {@code /}. What a sum adds up is found by a parameter beside its
 * argument, {@code sum(coalesce(x, $9))}: the engine gives it the type of {@code x}. So one description tells all sums of
 * a statement; sums over sums take one more for each level.
 */
final class EngineForms {

    private static final Pattern NO_INTEGER_DIVISION = Pattern.compile("['\"]//\\(");

    /** Whose sums BIGINT can hold, most likely; one that it cannot is an error. */
    private static final Set<String> SUMMED_AS_BIGINT =
            Set.of("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");

    /** What macros are called with, widest of their kinds: what an expression makes of them is no narrower for others. */
    private static final List<String> ARGUMENTS = List.of("DOUBLE", "HUGEINT", "VARCHAR", "TIMESTAMP", "DATE");

    private final Connections engine;
    private final ColumnLabels labels;

    EngineForms(Connections engine, ColumnLabels labels) {
        this.engine = engine;
        this.labels = labels;
    }

    Connections connections() {
        return engine;
    }

    /** @param description null if the engine refuses the statement in this form */
    record Attempt(Form form, @Nullable StatementDescription description) {}

    /** @param description of the text in this form */
    record Settled(Form form, StatementDescription description) {}

    /**
     * The names of columns without a name, as the engine would make them of the client's text. To be called without
     * holding a connection.
     */
    Form labelled(EngineText text) {
        Map<Integer, String> columns = text.unlabelled();
        return columns.isEmpty() ? Form.PLAIN : Form.PLAIN.labelled(labels.of(columns, engine));
    }

    /** What the engine knows of a statement whose parameters may lack their types. */
    static Attempt attempt(EngineConnection connection, EngineText text, Form form) {
        EngineText.Filled filled = text.fill(form);
        try {
            return new Attempt(form, connection.describe(filled.sql()));
        } catch (SkyportException failure) {
            requireLiving(failure);
            Integer division = division(failure, filled);
            return division == null || form.slashes().contains(division)
                    ? new Attempt(form, null)
                    : attempt(connection, text, form.slashing(with(form.slashes(), List.of(division))));
        }
    }

    /**
     * The form of a statement whose parameters have their types.
     *
     * @param parameters how many it has
     * @throws SkyportException what the engine finds wrong with it
     */
    static Settled settled(
            EngineConnection connection, EngineText text, Form start, int parameters, String clientText) {
        Form form = start;
        List<Integer> unknown = text.all(Hole.Kind.SUM_START);
        while (true) {
            EngineText.Filled filled = text.fill(form.probing(unknown, parameters));
            try {
                StatementDescription description = connection.describe(filled.sql());
                if (isUnknown(description, parameters, unknown.size())) {
                    unknown = typed(connection, text, form, parameters, unknown);
                    continue;
                }
                List<Integer> integers = integers(unknown, description, parameters);
                if (integers.isEmpty()) {
                    return new Settled(form, without(description, parameters));
                }
                form = form.summing(with(form.sums(), integers));
                unknown =
                        unknown.stream().filter(sum -> !integers.contains(sum)).toList();
            } catch (SkyportException failure) {
                requireLiving(failure);
                Integer division = division(failure, filled);
                if (division != null && !form.slashes().contains(division)) {
                    form = form.slashing(with(form.slashes(), List.of(division)));
                } else if (!unknown.isEmpty()) {
                    // A sum that cannot stand beside a parameter, or a mistake: then in the statement's own words.
                    unknown = List.of();
                } else {
                    throw Candidates.shortened(filled.sourceMap().located(failure, filled.sql(), clientText));
                }
            }
        }
    }

    /** The form of a statement that is run without being described: what is wrong with it shows when it runs. */
    Form ofUndescribed(EngineText text) {
        boolean plain = text.holes().isEmpty();
        if (plain) {
            return Form.PLAIN;
        }
        Form form = labelled(text);
        try (EngineConnection connection = engine.acquire()) {
            for (EngineText.Span query : text.queries()) {
                EngineText.Frame frame = query.frame();
                form = frame == null
                        ? ofQuery(connection, text.part(query), form)
                        : ofMacro(connection, text, query, frame, form);
            }
            return text.has(Hole.Kind.DIVISION)
                    ? attempt(connection, text, form).form()
                    : form;
        }
    }

    private static Form ofQuery(EngineConnection connection, EngineText query, Form form) {
        if (!query.has(Hole.Kind.SUM_START)) {
            return form;
        }
        try {
            return settled(connection, query, form, 0, "").form();
        } catch (SkyportException failure) {
            requireLiving(failure);
            return form;
        }
    }

    /** Sums that are over integers whatever the macro is called with. */
    private static Form ofMacro(
            EngineConnection connection, EngineText text, EngineText.Span body, EngineText.Frame frame, Form form) {
        Set<Integer> sums = null;
        boolean has = text.part(body).has(Hole.Kind.SUM_START);
        for (String type : has ? ARGUMENTS : List.<String>of()) {
            try {
                Set<Integer> found = settled(connection, text.body(body, frame, type), form, 0, "")
                        .form()
                        .sums();
                sums = sums == null ? new HashSet<>(found) : sums;
                sums.retainAll(found);
            } catch (SkyportException failure) {
                requireLiving(failure);
            }
        }
        return sums == null ? form : form.summing(with(form.sums(), sums));
    }

    /** Nothing is known of a statement while one of its parameters has no type: then of those beside sums. */
    private static boolean isUnknown(StatementDescription description, int parameters, int probes) {
        List<String> types = description.parameterTypes();
        return types.size() < parameters + probes
                || types.subList(parameters, parameters + probes).contains(StatementDescription.UNKNOWN);
    }

    /** The sums whose argument has a type, which NULL has not. */
    private static List<Integer> typed(
            EngineConnection connection, EngineText text, Form form, int parameters, List<Integer> sums) {
        return sums.size() == 1
                ? List.of()
                : sums.stream()
                        .filter(sum -> {
                            Form probing = form.probing(List.of(sum), parameters);
                            StatementDescription description =
                                    attempt(connection, text, probing).description();
                            return description != null && !isUnknown(description, parameters, 1);
                        })
                        .toList();
    }

    private static List<Integer> integers(List<Integer> unknown, StatementDescription description, int parameters) {
        List<String> types = description.parameterTypes();
        return IntStream.range(0, unknown.size())
                .filter(i -> parameters + i < types.size() && SUMMED_AS_BIGINT.contains(types.get(parameters + i)))
                .mapToObj(unknown::get)
                .toList();
    }

    private static StatementDescription without(StatementDescription description, int parameters) {
        List<String> types = description.parameterTypes();
        return new StatementDescription(description.columns(), types.subList(0, Math.min(parameters, types.size())));
    }

    /** The division that the engine has no {@code //} for, or null. */
    private static @Nullable Integer division(SkyportException failure, EngineText.Filled text) {
        if (failure.code() != ErrorCode.UNDEFINED_FUNCTION
                || !NO_INTEGER_DIVISION.matcher(failure.text()).find()) {
            return null;
        }
        return failure.position()
                .map(position -> SourceMap.offset(text.sql(), position))
                .map(text.divisions()::get)
                .orElse(null);
    }

    private static void requireLiving(SkyportException failure) {
        if (failure.code().fatal()) {
            throw failure;
        }
    }

    private static Set<Integer> with(Set<Integer> some, Collection<Integer> more) {
        Set<Integer> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}

package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.StatementDescription;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Form;
import io.skyport.sql.print.Hole;
import io.skyport.sql.statement.Draft;
import io.skyport.sql.validate.Validation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the engine for the types of a statement's parameters and columns. */
final class Typing {

    /** And the first word of the type. */
    private static final Pattern CAST_PARAMETER = Pattern.compile("CAST\\(\\$\\d+ AS (\\w+)");

    private static final String MOMENT = "'2000-01-01'";

    /** A value of each type; the rest are numbers. */
    private static final Map<String, String> EXAMPLES =
            Map.of("VARCHAR", "''", "INTERVAL", "'1 day'", "TIMESTAMP", MOMENT, "DATE", MOMENT, "TIME", "'00:00:00'");

    private static final SqlType LAST_RESORT = SqlType.parse("VARCHAR");

    /** What a parameter may be that cannot be a text, as in PostgreSQL: of each kind of types the one that takes most. */
    private static final List<SqlType> CANDIDATES = Stream.of("VARCHAR", "DOUBLE", "BIGINT", "TIMESTAMP", "INTERVAL")
            .map(SqlType::parse)
            .toList();

    /** More parameters of unknown types are taken to have one type. */
    private static final int MAX_GUESSES = 2;

    /** Syntax and access rules: what a validator can see too. */
    private static final String CLASS_42 = "42";

    private final EngineForms forms;
    private final Map<Integer, SqlType> given;

    Typing(EngineForms forms) {
        this(forms, Map.of());
    }

    /** @param given types of parameters, from 0, for those that nothing tells the type of */
    Typing(EngineForms forms, Map<Integer, SqlType> given) {
        this.forms = forms;
        this.given = given;
    }

    /**
     * A statement whose types are known.
     *
     * @param text parameters of types that the engine could not tell are cast
     * @param form what was found out about its holes
     * @param parameters in order of their index
     * @param open the parameters, from 0, whose type nothing tells
     * @param description of {@code text}
     */
    record Typed(
            EngineText.Filled text,
            Form form,
            List<SqlType> parameters,
            Set<Integer> open,
            StatementDescription description) {}

    /**
     * @param validation asked only for what the engine cannot tell: types of parameters, and what is wrong
     * @throws SkyportException what the engine finds wrong, or what the validator said of it
     */
    Typed typed(Draft draft, Supplier<Validation> validation, String clientText) {
        try {
            return typedByEngine(draft, validation, clientText);
        } catch (SkyportException failure) {
            throw better(failure, validation);
        }
    }

    /** The engine's words where they say enough: they name candidates. */
    private static SkyportException better(SkyportException failure, Supplier<Validation> validation) {
        boolean visible = !failure.code().fatal() && failure.code().sqlState().startsWith(CLASS_42);
        SkyportException complaint = visible ? validation.get().complaint() : null;
        if (complaint == null) {
            return failure;
        }
        if (failure.code() == ErrorCode.SYNTAX_OR_ACCESS_RULE_VIOLATION) {
            return complaint;
        }
        return failure.position().isPresent()
                ? failure
                : new SkyportException(
                        failure.code(), failure.text(), complaint.position().orElse(null), failure);
    }

    /** Whether a cast to it would change values that the engine compares as they are. */
    private static boolean rounds(SqlType type) {
        return type.name().startsWith("DECIMAL");
    }

    private Typed typedByEngine(Draft draft, Supplier<Validation> validation, String clientText) {
        EngineText text = draft.text();
        Form labelled = forms.labelled(text);
        try (EngineConnection connection = forms.connections().acquire()) {
            if (draft.parameters() == 0) {
                return typed(text, List.of(), Set.of(), EngineForms.settled(connection, text, labelled, 0, clientText));
            }
            EngineForms.Attempt attempt = EngineForms.attempt(connection, text, labelled);
            StatementDescription first = attempt.description();
            boolean untold = first != null && vague(first);
            Map<Integer, SqlType> casts = new HashMap<>();
            List<SqlType> parameters = new ArrayList<>();
            Set<Integer> open = new HashSet<>();
            for (int i = 0; i < draft.parameters(); i++) {
                SqlType known = known(first, i);
                SqlType told =
                        known != null ? known : validation.get().parameters().get(i);
                SqlType type = told != null ? told : given.getOrDefault(i, LAST_RESORT);
                parameters.add(type);
                if (told == null) {
                    open.add(i);
                }
                // DuckDB 1.5 dies of a parameter that stands once with its type known and once without.
                if (known == null || untold && !rounds(known) || text.repeats(i)) {
                    casts.put(i, type);
                }
            }
            if (casts.isEmpty() && first != null && !text.has(Hole.Kind.SUM_START)) {
                return typed(text, parameters, open, new EngineForms.Settled(attempt.form(), first));
            }
            return new Guessing(connection, draft, attempt.form(), parameters, open, clientText)
                    .typed(casts, validation);
        }
    }

    /** Parameters that nothing tells the type of are texts, or what else can stand there if it is of one kind only. */
    private record Guessing(
            EngineConnection connection,
            Draft draft,
            Form form,
            List<SqlType> parameters,
            Set<Integer> open,
            String clientText) {

        Typed typed(Map<Integer, SqlType> casts, Supplier<Validation> validation) {
            try {
                return attempt(casts);
            } catch (SkyportException failure) {
                boolean undecided = failure.code() == ErrorCode.UNDEFINED_FUNCTION
                        || failure.code() == ErrorCode.INDETERMINATE_DATATYPE;
                List<Integer> guesses = undecided ? guesses(casts.keySet(), validation.get()) : List.of();
                if (guesses.isEmpty()) {
                    throw failure;
                }
                Map<List<String>, Typed> fitting = new HashMap<>();
                for (List<SqlType> types : combinations(guesses.size())) {
                    List<String> kinds = types.stream().map(Guessing::kind).toList();
                    if (!fitting.containsKey(kinds)) {
                        attempt(casts, guesses, types).ifPresent(typed -> fitting.put(kinds, typed));
                    }
                }
                if (fitting.size() != 1) {
                    throw undetermined(guesses, failure);
                }
                return fitting.values().iterator().next();
            }
        }

        private static String kind(SqlType type) {
            return type.name().equals("BIGINT") ? "DOUBLE" : type.name();
        }

        private static List<List<SqlType>> combinations(int parameters) {
            if (parameters > MAX_GUESSES) {
                return CANDIDATES.stream()
                        .map(type -> Collections.nCopies(parameters, type))
                        .toList();
            }
            List<List<SqlType>> combinations = List.of(List.of());
            for (int i = 0; i < parameters; i++) {
                combinations = combinations.stream()
                        .flatMap(some -> CANDIDATES.stream()
                                .map(type -> Stream.concat(some.stream(), Stream.of(type))
                                        .toList()))
                        .toList();
            }
            return combinations;
        }

        private Optional<Typed> attempt(Map<Integer, SqlType> casts, List<Integer> guesses, List<SqlType> types) {
            Map<Integer, SqlType> others = new HashMap<>(casts);
            for (int i = 0; i < types.size(); i++) {
                others.put(guesses.get(i), types.get(i));
            }
            try {
                return Optional.of(attempt(others));
            } catch (SkyportException failure) {
                requireLiving(failure);
                return Optional.empty();
            }
        }

        private Typed attempt(Map<Integer, SqlType> casts) {
            EngineText text = draft.text();
            EngineForms.Settled settled =
                    EngineForms.settled(connection, text, form.casting(casts), draft.parameters(), clientText);
            List<SqlType> types = new ArrayList<>(parameters);
            casts.forEach(types::set);
            return Typing.typed(
                    text,
                    types,
                    open,
                    vague(settled.description())
                            ? new EngineForms.Settled(
                                    settled.form(),
                                    describeWithValues(
                                            connection,
                                            text.fill(settled.form()).sql()))
                            : settled);
        }
    }

    /**
     * The arguments of a function in FROM, like those of range(?), must have a value for the engine to look at it: its
     * columns are the same for all values of a type. NULL tells them too, but goes for any type.
     *
     * @throws SkyportException 42883 if the function takes no such types, 42P18 if values do not tell the columns
     */
    private static StatementDescription describeWithValues(EngineConnection connection, String sql) {
        String nulls = CAST_PARAMETER.matcher(sql).replaceAll("CAST(NULL AS $1");
        try {
            connection.describe(CAST_PARAMETER
                    .matcher(sql)
                    .replaceAll(cast -> Matcher.quoteReplacement(
                            "CAST(" + EXAMPLES.getOrDefault(cast.group(1), "1") + " AS " + cast.group(1))));
        } catch (SkyportException failure) {
            requireLiving(failure);
            if (failure.code() == ErrorCode.UNDEFINED_FUNCTION) {
                throw failure;
            }
        }
        try {
            StatementDescription description = connection.describe(nulls);
            if (!vague(description)) {
                return description;
            }
        } catch (SkyportException failure) {
            requireLiving(failure);
        }
        throw undetermined(List.of(), null);
    }

    private static void requireLiving(SkyportException failure) {
        if (failure.code().fatal()) {
            throw failure;
        }
    }

    private static Typed typed(
            EngineText text, List<SqlType> parameters, Set<Integer> open, EngineForms.Settled settled) {
        return new Typed(text.fill(settled.form()), settled.form(), parameters, open, settled.description());
    }

    /** Parameters that are VARCHAR for want of anything better. */
    private static List<Integer> guesses(Set<Integer> casts, Validation validation) {
        return casts.stream()
                .filter(parameter -> !validation.parameters().containsKey(parameter))
                .sorted()
                .toList();
    }

    private static SkyportException undetermined(List<Integer> guesses, @Nullable SkyportException failure) {
        String text = guesses.isEmpty()
                ? "the types of the parameters do not tell the type of the result"
                : "the statement does not tell the type of "
                        + guesses.stream()
                                .map(parameter -> "$" + (parameter + 1))
                                .collect(Collectors.joining(", "));
        return new SkyportException(
                ErrorCode.INDETERMINATE_DATATYPE,
                text + ": write CAST(? AS type)",
                failure == null ? null : failure.position().orElse(null),
                failure);
    }

    /** Whether the engine would tell what comes out only when it knows what is bound: then it must be told before. */
    private static boolean vague(StatementDescription description) {
        return description.columns().stream()
                .anyMatch(column -> column.typeName().equals(StatementDescription.UNKNOWN));
    }

    private static @Nullable SqlType known(@Nullable StatementDescription description, int parameter) {
        if (description == null || parameter >= description.parameterTypes().size()) {
            return null;
        }
        String name = description.parameterTypes().get(parameter);
        return name.equals(StatementDescription.UNKNOWN) ? null : SqlType.parse(name);
    }
}

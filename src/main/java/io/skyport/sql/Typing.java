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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the engine for the types of a statement's parameters and columns. */
final class Typing {

    private static final Pattern CAST_PARAMETER = Pattern.compile("CAST\\(\\$\\d+ AS ");

    private static final SqlType LAST_RESORT = SqlType.parse("VARCHAR");

    /** Syntax and access rules: what a validator can see too. */
    private static final String CLASS_42 = "42";

    private final EngineForms forms;

    Typing(EngineForms forms) {
        this.forms = forms;
    }

    /**
     * A statement whose types are known.
     *
     * @param text parameters of types that the engine could not tell are cast
     * @param form what was found out about its holes
     * @param parameters in order of their index
     * @param description of {@code text}
     */
    record Typed(EngineText.Filled text, Form form, List<SqlType> parameters, StatementDescription description) {}

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

    private Typed typedByEngine(Draft draft, Supplier<Validation> validation, String clientText) {
        EngineText text = draft.text();
        Form labelled = forms.labelled(text);
        try (EngineConnection connection = forms.connections().acquire()) {
            if (draft.parameters() == 0) {
                return typed(text, List.of(), EngineForms.settled(connection, text, labelled, 0, clientText));
            }
            EngineForms.Attempt attempt = EngineForms.attempt(connection, text, labelled);
            StatementDescription first = attempt.description();
            boolean untold = first != null && vague(first);
            Map<Integer, SqlType> casts = new HashMap<>();
            List<SqlType> parameters = new ArrayList<>();
            for (int i = 0; i < draft.parameters(); i++) {
                SqlType known = known(first, i);
                SqlType type =
                        known != null ? known : validation.get().parameters().getOrDefault(i, LAST_RESORT);
                parameters.add(type);
                // DuckDB 1.5 dies of a parameter that stands once with its type known and once without.
                if (known == null || untold || text.repeats(i)) {
                    casts.put(i, type);
                }
            }
            if (casts.isEmpty() && first != null && !text.has(Hole.Kind.SUM_START)) {
                return typed(text, parameters, new EngineForms.Settled(attempt.form(), first));
            }
            Form cast = attempt.form().casting(casts);
            EngineForms.Settled settled = settled(connection, draft, cast, clientText, validation);
            if (vague(settled.description())) {
                StatementDescription told =
                        describeWithNulls(connection, text.fill(settled.form()).sql());
                if (told == null) {
                    throw undetermined(guesses(casts.keySet(), validation.get()), null);
                }
                settled = new EngineForms.Settled(settled.form(), told);
            }
            return typed(text, parameters, settled);
        }
    }

    /**
     * The arguments of a function in FROM, like those of range(?), must have a value for the engine to look at it: its
     * columns are the same for all values of a type. Null if that does not tell them either.
     */
    private static @Nullable StatementDescription describeWithNulls(EngineConnection connection, String sql) {
        try {
            StatementDescription description =
                    connection.describe(CAST_PARAMETER.matcher(sql).replaceAll("CAST(NULL AS "));
            return vague(description) ? null : description;
        } catch (SkyportException failure) {
            if (failure.code().fatal()) {
                throw failure;
            }
            return null;
        }
    }

    private static Typed typed(EngineText text, List<SqlType> parameters, EngineForms.Settled settled) {
        return new Typed(text.fill(settled.form()), settled.form(), parameters, settled.description());
    }

    /** Parameters that are VARCHAR for want of anything better. */
    private static List<String> guesses(Set<Integer> casts, Validation validation) {
        return casts.stream()
                .filter(parameter -> !validation.parameters().containsKey(parameter))
                .sorted()
                .map(parameter -> "$" + (parameter + 1))
                .toList();
    }

    private static EngineForms.Settled settled(
            EngineConnection connection, Draft draft, Form form, String clientText, Supplier<Validation> validation) {
        try {
            return EngineForms.settled(connection, draft.text(), form, draft.parameters(), clientText);
        } catch (SkyportException failure) {
            List<String> guesses = failure.code() == ErrorCode.UNDEFINED_FUNCTION
                    ? guesses(form.casts().keySet(), validation.get())
                    : List.of();
            if (guesses.isEmpty()) {
                throw failure;
            }
            throw undetermined(guesses, failure);
        }
    }

    private static SkyportException undetermined(List<String> guesses, @Nullable SkyportException failure) {
        String text = guesses.isEmpty()
                ? "the types of the parameters do not tell the type of the result"
                : "the statement does not tell the type of " + String.join(", ", guesses);
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

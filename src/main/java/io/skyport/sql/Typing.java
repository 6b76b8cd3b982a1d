package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.StatementDescription;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.statement.Draft;
import io.skyport.sql.validate.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the engine for the types of a statement's parameters and columns. */
final class Typing {

    private static final SqlType LAST_RESORT = SqlType.parse("VARCHAR");

    /** Syntax and access rules: what a validator can see too. */
    private static final String CLASS_42 = "42";

    private final Engine engine;

    Typing(Engine engine) {
        this.engine = engine;
    }

    /**
     * A statement whose types are known.
     *
     * @param text parameters of types that the engine could not tell are cast
     * @param casts those types, by the parameter's index from 0
     * @param parameters in order of their index
     * @param description of {@code text}
     */
    record Typed(
            EngineText.Filled text,
            Map<Integer, SqlType> casts,
            List<SqlType> parameters,
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

    private Typed typedByEngine(Draft draft, Supplier<Validation> validation, String clientText) {
        try (EngineConnection connection = engine.acquire()) {
            EngineText.Filled bare = draft.text().numbered();
            if (draft.parameters() == 0) {
                return new Typed(bare, Map.of(), List.of(), describe(connection, bare, clientText));
            }
            StatementDescription first = tryDescribe(connection, bare);
            Map<Integer, SqlType> casts = new HashMap<>();
            List<SqlType> parameters = new ArrayList<>();
            for (int i = 0; i < draft.parameters(); i++) {
                SqlType known = known(first, i);
                SqlType type =
                        known != null ? known : validation.get().parameters().getOrDefault(i, LAST_RESORT);
                parameters.add(type);
                // DuckDB 1.5 dies of a parameter that stands once with its type known and once without.
                if (known == null || draft.text().repeats(i)) {
                    casts.put(i, type);
                }
            }
            if (casts.isEmpty() && first != null) {
                return new Typed(bare, casts, parameters, first);
            }
            EngineText.Filled cast = draft.text().typed(casts);
            return new Typed(
                    cast, casts, parameters, describeCast(connection, cast, clientText, validation, casts.keySet()));
        }
    }

    /** Parameters that are VARCHAR for want of anything better. */
    private static List<String> guesses(Set<Integer> casts, Validation validation) {
        return casts.stream()
                .filter(parameter -> !validation.parameters().containsKey(parameter))
                .sorted()
                .map(parameter -> "$" + (parameter + 1))
                .toList();
    }

    private static StatementDescription describeCast(
            EngineConnection connection,
            EngineText.Filled text,
            String clientText,
            Supplier<Validation> validation,
            Set<Integer> casts) {
        try {
            return describe(connection, text, clientText);
        } catch (SkyportException failure) {
            List<String> guesses =
                    failure.code() == ErrorCode.UNDEFINED_FUNCTION ? guesses(casts, validation.get()) : List.of();
            if (guesses.isEmpty()) {
                throw failure;
            }
            throw new SkyportException(
                    ErrorCode.INDETERMINATE_DATATYPE,
                    "the statement does not tell the type of " + String.join(", ", guesses) + ": write CAST(? AS type)",
                    failure.position().orElse(null),
                    failure);
        }
    }

    private static StatementDescription describe(
            EngineConnection connection, EngineText.Filled text, String clientText) {
        try {
            return connection.describe(text.sql());
        } catch (SkyportException failure) {
            SkyportException located = text.sourceMap().located(failure, text.sql(), clientText);
            throw Candidates.shortened(located);
        }
    }

    /** Null if the engine refuses the statement: it may lack no more than the types of its parameters. */
    private static @Nullable StatementDescription tryDescribe(EngineConnection connection, EngineText.Filled text) {
        try {
            return connection.describe(text.sql());
        } catch (SkyportException failure) {
            if (failure.code().fatal()) {
                throw failure;
            }
            return null;
        }
    }

    private static @Nullable SqlType known(@Nullable StatementDescription description, int parameter) {
        if (description == null || parameter >= description.parameterTypes().size()) {
            return null;
        }
        String name = description.parameterTypes().get(parameter);
        return name.equals(StatementDescription.UNKNOWN) ? null : SqlType.parse(name);
    }
}

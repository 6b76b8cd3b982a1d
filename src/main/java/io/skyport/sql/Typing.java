package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.StatementDescription;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.statement.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the engine for the types of a statement's parameters and columns. */
final class Typing {

    private static final SqlType LAST_RESORT = SqlType.parse("VARCHAR");

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
     * @param inferred types of parameters from the statement itself, null where unknown
     * @throws SkyportException what the engine finds wrong
     */
    Typed typed(Draft draft, List<@Nullable SqlType> inferred, String clientText) {
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
                SqlType guess = i < inferred.size() ? inferred.get(i) : null;
                SqlType type = known != null ? known : guess != null ? guess : LAST_RESORT;
                parameters.add(type);
                if (known == null) {
                    casts.put(i, type);
                }
            }
            if (casts.isEmpty() && first != null) {
                return new Typed(bare, casts, parameters, first);
            }
            EngineText.Filled cast = draft.text().typed(casts);
            return new Typed(cast, casts, parameters, describe(connection, cast, clientText));
        }
    }

    private static StatementDescription describe(
            EngineConnection connection, EngineText.Filled text, String clientText) {
        try {
            return connection.describe(text.sql());
        } catch (SkyportException failure) {
            throw text.sourceMap().located(failure, text.sql(), clientText);
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

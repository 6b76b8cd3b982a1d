package io.skyport.sql;

import java.util.List;

/**
 * Engine statements that run together with a statement's own engine SQL: before it and after it, in this order, all in one
 * engine transaction. Only DML and DDL have any.
 */
public record Companions(List<EngineStatement> before, List<EngineStatement> after) {

    public static final Companions NONE = new Companions(List.of(), List.of());

    public Companions {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }
}

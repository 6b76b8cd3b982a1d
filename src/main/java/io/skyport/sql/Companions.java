package io.skyport.sql;

import java.util.List;
import java.util.stream.Stream;

/**
 * Engine statements that run together with a statement's own engine SQL, all in one engine transaction: some before it;
 * some behind it, one after the other, again and again until a round affects no row; some at the end. Only DML and DDL
 * have any; they run once for each row of parameters.
 */
public record Companions(List<EngineStatement> before, List<EngineStatement> repeated, List<EngineStatement> after) {

    public static final Companions NONE = new Companions(List.of(), List.of(), List.of());

    public Companions {
        before = List.copyOf(before);
        repeated = List.copyOf(repeated);
        after = List.copyOf(after);
    }

    public boolean isEmpty() {
        return before.isEmpty() && repeated.isEmpty() && after.isEmpty();
    }

    /** With more before the statement, behind those that are there. */
    Companions preceded(List<EngineStatement> more) {
        return more.isEmpty()
                ? this
                : new Companions(Stream.concat(before.stream(), more.stream()).toList(), repeated, after);
    }
}

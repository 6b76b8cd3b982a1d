package io.skyport.session;

import io.skyport.catalog.SqlType;
import io.skyport.sql.Asked;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlContext;
import java.util.Map;

/** What texts mean to a session as it was at one time. Immutable. */
record Meaning(StatementRunner runner, Author author, SessionState state) {

    /** Few statements ask for what makes them another one in each session or transaction: they are compiled twice. */
    CompiledStatement of(StatementClock clock, Scope scope, Map<Integer, SqlType> parameters) {
        SqlContext context = scope.context(state.context()).withParameters(parameters);
        CompiledStatement statement = runner.compile(clock, context);
        if (statement.asked().equals(Asked.NOTHING)) {
            return statement;
        }
        SqlContext asked = answering(statement.asked(), context, scope);
        CompiledStatement answered = asked.equals(context) ? statement : runner.compile(clock, asked);
        return answered.seenBy(author.user());
    }

    /** Where the text of {@code statement} is compiled. */
    SqlContext context(CompiledStatement statement, Scope scope) {
        return answering(statement.asked(), scope.context(state.context()), scope);
    }

    private SqlContext answering(Asked asked, SqlContext context, Scope scope) {
        SqlContext shown = asked.settings() ? state.shown(context) : context;
        return asked.time() ? scope.timed(shown) : shown;
    }
}

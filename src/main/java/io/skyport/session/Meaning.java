package io.skyport.session;

import io.skyport.sql.Asked;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlContext;

/** What texts mean to a session as it was at one time. Immutable. */
record Meaning(StatementRunner runner, String user, SessionState state) {

    /** Few statements ask for what makes them another one in each session or transaction: they are compiled twice. */
    CompiledStatement of(String text, Scope scope) {
        SqlContext context = scope.context(state.context());
        CompiledStatement statement = runner.compile(user, text, context);
        if (statement.asked().equals(Asked.NOTHING)) {
            return statement;
        }
        SqlContext asked = answering(statement.asked(), context, scope);
        return asked.equals(context) ? statement : runner.compile(user, text, asked);
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

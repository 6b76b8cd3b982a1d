package io.skyport.session;

import io.skyport.sql.PreparedText;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import java.util.HashMap;
import java.util.Map;

/** What a session's statements changed: where names are looked up, settings, options, and what PREPARE named. Immutable. */
record SessionState(SqlContext context, SessionOptions options) {

    /** {@code context} for what shows options: they are no part of what other texts mean. */
    SqlContext shown(SqlContext context) {
        Map<String, String> settings = new HashMap<>(context.settings());
        settings.putAll(options.texts());
        return context.withSettings(settings);
    }

    SessionState with(SqlContext other) {
        return new SessionState(other, options);
    }

    SessionState with(SessionChange change) {
        if (change instanceof SessionChange.Use use) {
            return with(context.at(use.database(), use.schema()));
        }
        if (change instanceof SessionChange.Prepare || change instanceof SessionChange.Deallocate) {
            return with(context.withStatements(statements(change)));
        }
        if (change instanceof SessionChange.Set set && SessionOptions.has(set.name())) {
            return new SessionState(context, options.with(set.name(), set.value()));
        }
        if (change instanceof SessionChange.Reset reset && SessionOptions.has(reset.name())) {
            return new SessionState(context, options.with(reset.name(), null));
        }
        return new SessionState(
                context.withSettings(settings(change)),
                change instanceof SessionChange.ResetAll ? SessionOptions.DEFAULT : options);
    }

    private Map<String, String> settings(SessionChange change) {
        Map<String, String> settings = new HashMap<>(context.settings());
        if (change instanceof SessionChange.Set set) {
            settings.put(set.name(), set.value());
        } else if (change instanceof SessionChange.Reset reset) {
            settings.remove(reset.name());
        } else if (change instanceof SessionChange.ResetAll) {
            settings.clear();
        }
        return settings;
    }

    private Map<String, PreparedText> statements(SessionChange change) {
        Map<String, PreparedText> statements = new HashMap<>(context.statements());
        if (change instanceof SessionChange.Prepare prepare) {
            statements.put(prepare.name(), prepare.statement());
        } else if (change instanceof SessionChange.Deallocate deallocate && deallocate.name() != null) {
            statements.remove(deallocate.name());
        } else {
            statements.clear();
        }
        return statements;
    }
}

package io.skyport.session;

import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import java.util.HashMap;
import java.util.Map;

/** What a session's statements changed: where names are looked up, and settings. Immutable. */
record SessionState(SqlContext context) {

    SessionState with(SessionChange change) {
        if (change instanceof SessionChange.Use use) {
            return new SessionState(new SqlContext(use.database(), use.schema(), context.roles(), context.settings()));
        }
        Map<String, String> settings = new HashMap<>(context.settings());
        if (change instanceof SessionChange.Set set) {
            settings.put(set.name(), set.value());
        } else if (change instanceof SessionChange.Reset reset) {
            settings.remove(reset.name());
        }
        return new SessionState(new SqlContext(context.database(), context.schema(), context.roles(), settings));
    }
}

package io.skyport.sql.statement;

import io.skyport.sql.PreparedText;
import io.skyport.sql.SessionChange;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DEALLOCATE: forgets what PREPARE named. */
public final class Deallocate extends Statement {

    private final @Nullable SqlIdentifier name;

    /** @param name null for all */
    public Deallocate(SqlParserPos pos, @Nullable SqlIdentifier name) {
        super(pos, "DEALLOCATE");
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Map<String, PreparedText> statements = compilation.names().prepared();
        String key = name == null ? null : name.getSimple().toLowerCase(Locale.ROOT);
        if (name != null && key != null && !statements.containsKey(key)) {
            throw Execute.unknown(name, statements);
        }
        return Draft.session(compilation.printer(), new SessionChange.Deallocate(key));
    }
}

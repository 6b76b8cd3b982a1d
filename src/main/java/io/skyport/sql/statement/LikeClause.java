package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** LIKE in CREATE TABLE: the columns of another table, and what else of it is asked for. */
public final class LikeClause extends TableElement {

    /** What may be copied besides names, types and NOT NULL. The last three are nothing in the engine. */
    enum Part {
        COMMENTS,
        CONSTRAINTS,
        DEFAULTS,
        GENERATED,
        IDENTITY,
        INDEXES,
        COMPRESSION,
        STATISTICS,
        STORAGE
    }

    /** INCLUDING or EXCLUDING, and what. */
    public record Option(boolean including, SqlIdentifier what) {}

    private final SqlIdentifier source;
    private final List<Option> options;

    public LikeClause(SqlParserPos pos, SqlIdentifier source, List<Option> options) {
        super(pos);
        this.source = source;
        this.options = List.copyOf(options);
    }

    SqlIdentifier source() {
        return source;
    }

    Set<Part> parts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (Option option : options) {
            Set<Part> named = named(option.what());
            if (option.including()) {
                parts.addAll(named);
            } else {
                parts.removeAll(named);
            }
        }
        return parts;
    }

    private static Set<Part> named(SqlIdentifier what) {
        String word = what.getSimple().toUpperCase(Locale.ROOT);
        if (word.equals("ALL")) {
            return EnumSet.allOf(Part.class);
        }
        try {
            return EnumSet.of(Part.valueOf(word));
        } catch (IllegalArgumentException unknown) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "LIKE ... INCLUDING takes ALL or one of " + List.of(Part.values()), what);
        }
    }
}

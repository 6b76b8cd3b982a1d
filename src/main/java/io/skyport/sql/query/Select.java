package io.skyport.sql.query;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SELECT with the clauses that Calcite's does not have. */
public final class Select extends SqlSelect {

    private final @Nullable SqlNodeList distinctOn;
    private final boolean groupByAll;
    private final @Nullable Sample sample;

    @SuppressWarnings("NullAway") // Calcite's constructor takes null for every clause that is left out.
    Select(
            SqlParserPos pos,
            SqlNodeList keywords,
            SqlNodeList list,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList groupBy,
            @Nullable SqlNode having,
            @Nullable SqlNodeList windows,
            @Nullable SqlNode qualify,
            @Nullable SqlNodeList distinctOn,
            boolean groupByAll,
            @Nullable Sample sample) {
        super(pos, keywords, list, from, where, groupBy, having, windows, qualify, null, null, null, SqlNodeList.EMPTY);
        this.distinctOn = distinctOn;
        this.groupByAll = groupByAll;
        this.sample = sample;
    }

    /** DISTINCT ON (...) */
    public @Nullable SqlNodeList distinctOn() {
        return distinctOn;
    }

    /** GROUP BY ALL */
    public boolean groupByAll() {
        return groupByAll;
    }

    /** USING SAMPLE */
    public @Nullable Sample sample() {
        return sample;
    }
}

package io.skyport.sql.query;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** One query of WITH, with the engine's hint and key. */
public final class WithItem extends SqlWithItem {

    private final @Nullable SqlNodeList key;
    private final String materialized;

    /**
     * @param key of USING KEY, or null
     * @param materialized what stands between AS and the query, with a blank behind it if anything
     */
    @SuppressWarnings("NullAway") // Calcite's constructor takes null for a list that is left out.
    public WithItem(
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query,
            SqlLiteral recursive,
            @Nullable SqlNodeList key,
            String materialized) {
        super(name.getParserPosition(), name, columns, query, recursive);
        this.key = key;
        this.materialized = materialized;
    }

    public @Nullable SqlNodeList key() {
        return key;
    }

    public String materialized() {
        return materialized;
    }
}

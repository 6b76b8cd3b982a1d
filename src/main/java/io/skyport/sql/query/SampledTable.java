package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A table of which a sample is taken. */
public final class SampledTable extends QueryPart {

    private final SqlNode table;
    private final Sample sample;

    public SampledTable(SqlParserPos pos, SqlNode table, Sample sample) {
        super(pos);
        this.table = table;
        this.sample = sample;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(table, sample);
    }

    public SqlNode table() {
        return table;
    }

    public Sample sample() {
        return sample;
    }
}

package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** The statements whose nodes are Calcite's: queries. */
final class CoreStatements {

    private CoreStatements() {}

    static Draft compile(SqlNode node, Compilation compilation) {
        if (node.isA(SqlKind.QUERY)) {
            return Draft.query(compilation.printer().query(node), node);
        }
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, node.getKind().sql + " is not supported", node);
    }
}

<#-- Statements are Skyport's own: includes/statement.ftl. -->
<@original>SqlNode SqlStmt() :</@original>
<@replacement>SqlNode CalciteStmt() :</@replacement>
<@original>SqlNode SqlStmtEof() :</@original>
<@replacement>SqlNode CalciteStmtEof() :</@replacement>
<#-- What lookahead needs to know; a production could not be called from it. -->
<@original>    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@original>
<@replacement>    /** Whether a query starts here. */
    private boolean atQuery() {
        switch (getToken(1).kind) {
        case SELECT:
        case WITH:
        case VALUES:
        case TABLE:
        case LPAREN:
            return true;
        default:
            return false;
        }
    }

    /** Whether a clause of a window starts here. */
    private boolean atWindowClause() {
        switch (getToken(1).kind) {
        case PARTITION:
        case RANGE:
        case ROWS:
            return true;
        default:
            return false;
        }
    }

    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@replacement>

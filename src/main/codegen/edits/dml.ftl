<#-- What lookahead needs to know of DML; a production could not be called from it. -->
<@original>    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@original>
<@replacement>    /** Whether a statement starts here that changes rows, WITH aside. */
    private boolean atDml() {
        switch (getToken(1).kind) {
        case INSERT:
        case UPDATE:
        case DELETE:
        case MERGE:
        case REPLACE:
        case TRUNCATE:
            return true;
        default:
            return false;
        }
    }

    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@replacement>

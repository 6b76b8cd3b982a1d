<#-- FROM 'file.parquet' -->
<@original><#noparse>SqlNode ExtendedTableRef() :
{
}
{
    UnusedExtension()
    {
        return null;
    }
}</#noparse></@original>
<@replacement><#noparse>SqlNode ExtendedTableRef() :
{
    final SqlNode file;
}
{
    <QUOTED_STRING> {
        return EngineOperators.FILE_TABLE.createCall(getPos(),
            SqlLiteral.createCharString(SqlParserUtil.parseString(token.image), getPos()));
    }
}</#noparse></@replacement>
<#-- Queries are Skyport's own: includes/select.ftl, from.ftl, pivot.ftl, window.ftl. -->
<#list [
    "SqlNode OrderByLimitOpt(SqlNode e) :", "void OffsetClause(Span s, SqlNode[] offsetFetch) :",
    "void FetchClause(SqlNode[] offsetFetch) :", "void LimitClause(Span s, SqlNode[] offsetFetch) :",
    "SqlNode LeafQuery(ExprContext exprContext) :", "SqlSelect SqlSelect() :", "void AddSelectItem(List<SqlNode> list) :", 
    "SqlLiteral Natural() :", "SqlLiteral JoinType() :", "SqlNode FromClause() :", "SqlNode JoinOrCommaTable(SqlNode e) :",
    "SqlNode JoinTable(SqlNode e) :", "SqlNode TableRef3(ExprContext exprContext, boolean lateral) :",
    "SqlNode Tablesample(SqlNode tableRef) :", "SqlNode Over(SqlNode tableRef) :",
    "SqlSnapshot Snapshot(SqlNode tableRef) :", "SqlNode TableConstructor() :", "SqlNodeList GroupBy() :",
    "List<SqlNode> GroupingElementList() :", "void AddGroupingElement(List<SqlNode> list) :", "SqlWindow WindowSpecification() :", "SqlNode WindowRange() :",
    "void AddOrderItem(List<SqlNode> list) :", "SqlNode Pivot(SqlNode tableRef) :", "void AddPivotAgg(List<SqlNode> list) :",
    "void AddPivotValue(List<SqlNode> list) :", "SqlNode Unpivot(SqlNode tableRef) :",
    "void AddUnpivotValue(List<SqlNode> list) :", "SqlMatchRecognize MatchRecognize(SqlNode tableRef) :",
    "SqlNodeList WithList() :", "void AddWithItem(List<SqlWithItem> list, SqlLiteral recursive) :",
    "SqlBinaryOperator BinaryQueryOperator() :"] as production>
<@without production/>
</#list>
<#-- A list of values may end with a comma. -->
<@original><#noparse>    e = OrderedQueryOrExpr(firstExprContext) { list.add(e); }
    (
        <COMMA>
        {
            // a comma-list can't appear where only a query is expected
            checkNonQueryExpression(exprContext);
        }
        AddExpression(list, exprContext)
    )*
    <RPAREN></#noparse></@original>
<@replacement><#noparse>e = OrderedQueryOrExpr(firstExprContext) { list.add(e); }
    (
        LOOKAHEAD(2)
        <COMMA>
        {
            // a comma-list can't appear where only a query is expected
            checkNonQueryExpression(exprContext);
        }
        AddExpression(list, exprContext)
    )*
    [ <COMMA> ]
    <RPAREN></#noparse></@replacement>
<@original><#noparse>        LOOKAHEAD(2)
        e = Query(exprContext)
        e = OrderByLimitOpt(e)
        { return e; }</#noparse></@original>
<@replacement><#noparse>LOOKAHEAD({ atSureQuery() || getToken(1).kind == WITH })
        e = Query(exprContext)
        e = OrderByLimitOpt(e)
        { return e; }
    |
        LOOKAHEAD(2)
        e = Query(exprContext)
        e = OrderByLimitOpt(e)
        { return e; }</#noparse></@replacement>
<#-- What lookahead needs to know; a production could not be called from it. -->
<@original>    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@original>
<@replacement>    /** Says that the engine cannot do what was just read. */
    private void refuse(String what) throws ParseException {
        Unsupported.refuse(getPos(), what);
    }

    /** WITH x AS (INSERT ...) */
    private void refuseChangesInWith() throws ParseException {
        switch (getToken(1).kind == LPAREN ? getToken(2).kind : LPAREN) {
        case INSERT:
        case UPDATE:
        case DELETE:
        case MERGE:
            getNextToken();
            getNextToken();
            refuse(token.image.toUpperCase(Locale.ROOT) + " in WITH");
            break;
        default:
            break;
        }
    }

    private boolean atQuery() {
        return atQuery(1);
    }

    /** Whether a query starts at the nth next token. */
    private boolean atQuery(int n) {
        switch (getToken(n).kind) {
        case SELECT:
        case WITH:
        case VALUES:
        case TABLE:
        case FROM:
        case LPAREN:
            return true;
        default:
            return atPivotStatement(n);
        }
    }

    /** Whether what starts here can be nothing but a query without WITH. */
    private boolean atSureQuery() {
        final int kind = getToken(1).kind;
        return kind == SELECT || kind == FROM || atPivotStatement();
    }

    private boolean atPivotStatement() {
        return atPivotStatement(1);
    }

    /** PIVOT and UNPIVOT are no reserved words: a table must follow. */
    private boolean atPivotStatement(int n) {
        final int kind = getToken(n).kind;
        if (kind == PIVOT_WIDER || kind == PIVOT_LONGER) {
            return true;
        }
        if (kind != PIVOT && kind != UNPIVOT) {
            return false;
        }
        switch (getToken(n + 1).kind) {
        case IDENTIFIER:
        case QUOTED_IDENTIFIER:
        case QUOTED_STRING:
        case LPAREN:
        case VALUES:
        case UNNEST:
            return true;
        case AND:
        case AS:
        case BETWEEN:
        case COLLATE:
        case ESCAPE:
        case EXCEPT:
        case FROM:
        case IGNORE:
        case ILIKE:
        case IN:
        case INTERSECT:
        case IS:
        case LIKE:
        case LIMIT:
        case NOT:
        case OR:
        case ORDER:
        case RESPECT:
        case RLIKE:
        case SIMILAR:
        case UNION:
            return false;
        default:
            return Ahead.word(getToken(n + 1));
        }
    }

    /** Whether PIVOT or UNPIVOT of the table before starts here. */
    private boolean atPivot() {
        final int next = getToken(2).kind;
        switch (getToken(1).kind) {
        case PIVOT:
            return next == LPAREN;
        case UNPIVOT:
            return next == LPAREN || next == INCLUDE || next == EXCLUDE;
        default:
            return false;
        }
    }

    private boolean atJoin() {
        switch (getToken(1).kind) {
        case JOIN:
        case INNER:
        case LEFT:
        case RIGHT:
        case FULL:
        case CROSS:
        case NATURAL:
        case SEMI:
        case ANTI:
        case ASOF:
        case OUTER:
            return true;
        default:
            return atPositionalJoin();
        }
    }

    private boolean atPositionalJoin() {
        return atWord("POSITIONAL") && getToken(2).kind == JOIN;
    }

    /** Whether a table's alias follows, if anything. */
    private boolean mayAlias() {
        return !atPivot() && !atPositionalJoin();
    }

    /** name : */
    private boolean atPrefixAlias() {
        return getToken(2).kind == COLON && Ahead.name(getToken(1));
    }

    /** Whether a clause of a window starts here. */
    private boolean atWindowClause() {
        switch (getToken(1).kind) {
        case PARTITION:
        case RANGE:
        case ROWS:
        case GROUPS:
            return true;
        default:
            return false;
        }
    }

    /** Whether [ * ] COLUMNS ( starts here. */
    private boolean atColumns() {
        final int n = getToken(1).kind == STAR ? 2 : 1;
        return getToken(n).kind == COLUMNS && getToken(n + 1).kind == LPAREN;
    }

    /** Whether the token before is a star that means columns, and EXCLUDE or the like follows. */
    private boolean atStarClause() {
        if (getToken(0).kind != STAR) {
            return false;
        }
        switch (getToken(1).kind) {
        case EXCLUDE:
        case REPLACE:
        case RENAME:
            return true;
        case EXCEPT:
            return getToken(2).kind == LPAREN && !atQuery(3);
        default:
            return false;
        }
    }

    /** WITH RECURSIVE, unless that is the name of a query. */
    private boolean atRecursive() {
        return getToken(1).kind == RECURSIVE && getToken(2).kind != AS && getToken(2).kind != LPAREN;
    }

    /** FOR UPDATE and the like. */
    private boolean atRowLock() {
        if (getToken(1).kind != FOR) {
            return false;
        }
        final String word = getToken(2).image.toUpperCase(Locale.ROOT);
        return word.equals("UPDATE") || word.equals("SHARE") || word.equals("NO") || word.equals("KEY")
            || word.equals("READ");
    }

    /** Whether the comma that follows is the last of VALUES. */
    private boolean atEndOfRows() {
        final int next = getToken(2).kind;
        return next == EOF || next == RPAREN || next == SEMICOLON;
    }

    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@replacement>

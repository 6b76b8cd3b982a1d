<#-- Queries from SELECT to LIMIT: what stands in FROM is in from.ftl, pivots in pivot.ftl, windows in window.ftl. -->

/** SELECT, VALUES, TABLE, FROM, PIVOT or UNPIVOT, without ORDER BY. */
SqlNode LeafQuery(ExprContext exprContext) :
{
    final SqlNode e;
}
{
    { checkQueryExpression(exprContext); }
    (
        LOOKAHEAD({ getToken(1).kind == SELECT || getToken(1).kind == FROM })
        e = SqlSelect()
    |
        e = TableConstructor()
    |
        e = ExplicitTable(getPos())
    |
        LOOKAHEAD({ atPivotStatement() })
        e = PivotStatement()
    )
    { return e; }
}

/** SELECT ... [ FROM ... ] ... or FROM ... [ SELECT ... ] ... */
SqlSelect SqlSelect() :
{
    final Span s;
    final SelectClauses select = new SelectClauses();
    SqlNode node;
    SqlNodeList list;
    Sample sample;
}
{
    (
        LOOKAHEAD(1)
        <SELECT> { s = span(); }
        SelectList(select)
        [ <FROM> node = FromClause() { select.from(node); } ]
    |
        LOOKAHEAD(1)
        <FROM> { s = span(); }
        node = FromClause() { select.from(node); }
        [ <SELECT> SelectList(select) ]
    )
    [ node = Where() { select.where(node); } ]
    [ <GROUP> <BY> GroupByList(select) ]
    [ node = Having() { select.having(node); } ]
    [ list = Window() { select.windows(list); } ]
    [ node = Qualify() { select.qualify(node); } ]
    [ LOOKAHEAD(2) <USING> <SAMPLE> sample = SampleSize() { select.sample(sample); } ]
    { return select.at(s.end(this)); }
}

/** [ DISTINCT [ ON (...) ] | ALL ] item, ... [ , ] */
void SelectList(SelectClauses select) :
{
    final Span s = span();
    final List<SqlNode> hints = new ArrayList<SqlNode>();
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNodeList on;
}
{
    [ <HINT_BEG> AddHint(hints) ( <COMMA> AddHint(hints) )* <COMMENT_END> ]
    [
        <DISTINCT> { select.distinct(SqlSelectKeyword.DISTINCT.symbol(getPos())); }
        [
            LOOKAHEAD(2)
            <ON> <LPAREN> on = ExpressionCommaList(span(), ExprContext.ACCEPT_SUB_QUERY) <RPAREN> { select.distinctOn(on); }
        ]
    |
        <ALL>
    ]
    AddSelectItem(items)
    ( LOOKAHEAD(2) <COMMA> AddSelectItem(items) )*
    [ LOOKAHEAD(1) <COMMA> ]
    { select.list(new SqlNodeList(items, Span.of(items).pos())); }
    [ <INTO> { refuse("SELECT INTO (write CREATE TABLE ... AS SELECT)"); } ]
}

/** expression [ [ AS ] alias ] or alias : expression */
void AddSelectItem(List<SqlNode> list) :
{
    final SqlIdentifier id;
    final SqlNode e;
}
{
    LOOKAHEAD({ atPrefixAlias() })
    id = SimpleIdentifier() <COLON> e = SelectedExpression() {
        list.add(SqlStdOperatorTable.AS.createCall(Span.of(id).end(this), e, id));
    }
|
    LOOKAHEAD({ true })
    e = SelectedExpression()
    (
        <AS> id = ColumnLabel() { list.add(SqlStdOperatorTable.AS.createCall(span().end(e), e, id)); }
    |
        id = SimpleIdentifier() { list.add(SqlStdOperatorTable.AS.createCall(span().end(e), e, id)); }
    |
        { list.add(e); }
    )
}

SqlNode SelectedExpression() :
{
    SqlNode e;
}
{
    LOOKAHEAD({ getToken(1).kind == STAR && !atColumns() })
    e = StarExpression() { return e; }
|
    LOOKAHEAD({ true })
    e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( LOOKAHEAD({ atStarClause() }) e = StarClauses(e) | { } )
    { return e; }
}

/** * [ EXCLUDE ... ] [ REPLACE ... ] [ RENAME ... ] [ [ NOT ] LIKE pattern ] */
SqlNode StarExpression() :
{
    SqlNode e;
}
{
    <STAR> { e = SqlIdentifier.star(getPos()); }
    ( LOOKAHEAD({ atStarClause() }) e = StarClauses(e) | { } )
    [ e = StarPattern(e) ]
    { return e; }
}

SqlNode StarClauses(SqlNode star) :
{
    final Span s = Span.of(star);
    final List<SqlNode> exclude = new ArrayList<SqlNode>();
    final List<SqlNode> replace = new ArrayList<SqlNode>();
    final List<SqlNode> rename = new ArrayList<SqlNode>();
    SqlNode e;
    SqlIdentifier id;
}
{
    [
        ( <EXCLUDE> | <EXCEPT> )
        (
            <LPAREN> id = CompoundIdentifier() { exclude.add(id); }
            ( LOOKAHEAD(2) <COMMA> id = CompoundIdentifier() { exclude.add(id); } )*
            [ <COMMA> ] <RPAREN>
        |
            id = CompoundIdentifier() { exclude.add(id); }
        )
    ]
    [
        <REPLACE>
        (
            LOOKAHEAD({ getToken(1).kind == LPAREN })
            <LPAREN> AddReplacement(replace)
            ( LOOKAHEAD(2) <COMMA> AddReplacement(replace) )*
            [ <COMMA> ] <RPAREN>
        |
            AddReplacement(replace)
        )
    ]
    [
        <RENAME>
        (
            <LPAREN> AddRenaming(rename)
            ( LOOKAHEAD(2) <COMMA> AddRenaming(rename) )*
            [ <COMMA> ] <RPAREN>
        |
            AddRenaming(rename)
        )
    ]
    {
        return Star.of(s.end(this), (SqlIdentifier) star, exclude, replace, rename);
    }
}

void AddReplacement(List<SqlNode> list) :
{
    final SqlNode e;
    final SqlIdentifier id;
}
{
    e = Expression(ExprContext.ACCEPT_SUB_QUERY) <AS> id = ColumnLabel() {
        list.add(SqlStdOperatorTable.AS.createCall(Span.of(e).end(this), e, id));
    }
}

void AddRenaming(List<SqlNode> list) :
{
    final SqlIdentifier from;
    final SqlIdentifier to;
}
{
    from = CompoundIdentifier() <AS> to = ColumnLabel() {
        list.add(SqlStdOperatorTable.AS.createCall(Span.of(from).end(this), from, to));
    }
}

/** What the names of the columns are like. */
SqlNode StarPattern(SqlNode star) :
{
    final SqlOperator op;
    final SqlNode pattern;
}
{
    (
        <LIKE> { op = SqlStdOperatorTable.LIKE; }
    |
        <ILIKE> { op = SqlLibraryOperators.ILIKE; }
    |
        <SIMILAR> <TO> { op = SqlStdOperatorTable.SIMILAR_TO; }
    |
        <GLOB> { op = EngineOperators.GLOB; }
    |
        LOOKAHEAD(2) <NOT> <GLOB> { op = EngineOperators.NOT_GLOB; }
    |
        LOOKAHEAD(2) <NOT> <LIKE> { op = SqlStdOperatorTable.NOT_LIKE; }
    |
        LOOKAHEAD(2) <NOT> <ILIKE> { op = SqlLibraryOperators.NOT_ILIKE; }
    |
        <NOT> <SIMILAR> <TO> { op = SqlStdOperatorTable.NOT_SIMILAR_TO; }
    )
    pattern = Operand(ExprContext.ACCEPT_SUB_QUERY) {
        return op.createCall(Span.of(star).end(this), star, pattern);
    }
}

/** [ * ] COLUMNS(*) and the like: as many columns as have such names. */
SqlNode ColumnsExpression() :
{
    boolean unpacked = false;
    final Span s;
    final SqlIdentifier name;
    SqlNode e;
    SqlNode call;
}
{
    [ <STAR> { unpacked = true; } ]
    <COLUMNS> { s = span(); name = new SqlIdentifier(unquotedIdentifier(), getPos()); }
    <LPAREN>
    (
        LOOKAHEAD({ getToken(1).kind == STAR && !atColumns() })
        e = StarExpression()
    |
        e = Expression(ExprContext.ACCEPT_SUB_QUERY)
        ( LOOKAHEAD({ atStarClause() }) e = StarClauses(e) | { } )
    )
    <RPAREN>
    {
        call = createCall(name, s.end(this), SqlFunctionCategory.USER_DEFINED_FUNCTION, null, ImmutableList.of(e));
        return unpacked ? QueryOperators.UNPACK.createCall(s.pos(), call) : call;
    }
}

/** Behind AS any word and any text may name a column. */
SqlIdentifier ColumnLabel() :
{
    final SqlIdentifier id;
}
{
    LOOKAHEAD({ Ahead.name(getToken(1)) })
    id = Label() { return id; }
|
    id = SimpleIdentifierFromStringLiteral() { return id; }
}

/** ALL, or items, with or without set quantifier. */
void GroupByList(SelectClauses select) :
{
    final Span s = span();
    List<SqlNode> list = ImmutableList.of();
}
{
    (
        <STAR> { select.groupByAll(); }
    |
        <ALL> [ LOOKAHEAD(2) list = GroupingElementList() ] {
            if (list.isEmpty()) {
                select.groupByAll();
            } else {
                select.groupBy(new SqlNodeList(list, s.end(this)));
            }
        }
    |
        <DISTINCT> { refuse("GROUP BY DISTINCT"); }
    |
        list = GroupingElementList() { select.groupBy(new SqlNodeList(list, s.end(this))); }
    )
}

List<SqlNode> GroupingElementList() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    AddGroupingElement(list)
    ( LOOKAHEAD(2) <COMMA> AddGroupingElement(list) )*
    [ <COMMA> ]
    { return list; }
}

void AddGroupingElement(List<SqlNode> list) :
{
    final List<SqlNode> items;
    final Span s;
}
{
    LOOKAHEAD(2)
    <GROUPING> { s = span(); } <SETS> <LPAREN> items = GroupingElementList() <RPAREN> {
        list.add(SqlStdOperatorTable.GROUPING_SETS.createCall(s.end(this), items));
    }
|
    <ROLLUP> { s = span(); } <LPAREN> items = GroupingElementList() <RPAREN> {
        list.add(SqlStdOperatorTable.ROLLUP.createCall(s.end(this), items));
    }
|
    LOOKAHEAD(2)
    <CUBE> { s = span(); } <LPAREN> items = GroupingElementList() <RPAREN> {
        list.add(SqlStdOperatorTable.CUBE.createCall(s.end(this), items));
    }
|
    LOOKAHEAD(2)
    <LPAREN> { s = span(); } <RPAREN> { list.add(new SqlNodeList(s.end(this))); }
|
    AddExpression(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** One item of ORDER BY; ALL and * are all columns. */
void AddOrderItem(List<SqlNode> list) :
{
    SqlNode e;
}
{
    (
        <ALL> { e = QueryOperators.ALL_COLUMNS.createCall(getPos()); }
    |
        LOOKAHEAD({ getToken(1).kind == STAR && !atColumns() })
        <STAR> { e = QueryOperators.ALL_COLUMNS.createCall(getPos()); }
    |
        e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    [ <ASC> | <DESC> { e = SqlStdOperatorTable.DESC.createCall(getPos(), e); } ]
    [
        LOOKAHEAD(2)
        <NULLS> <FIRST> { e = SqlStdOperatorTable.NULLS_FIRST.createCall(getPos(), e); }
    |
        <NULLS> <LAST> { e = SqlStdOperatorTable.NULLS_LAST.createCall(getPos(), e); }
    ]
    { list.add(e); }
}

/** [ ORDER BY ... ] [ LIMIT ... ] [ OFFSET ... ] [ FETCH ... ], the last three in any order that some SQL has. */
SqlNode OrderByLimitOpt(SqlNode e) :
{
    SqlNodeList order = null;
    final SqlNode[] offsetFetch = {null, null};
    boolean limited = false;
}
{
    [ order = OrderBy(e.isA(SqlKind.QUERY)) ]
    [
        (
            LimitRows(offsetFetch) [ OffsetRows(offsetFetch) ]
        |
            OffsetRows(offsetFetch) [ LimitRows(offsetFetch) | FetchRows(offsetFetch) ]
        |
            FetchRows(offsetFetch) [ OffsetRows(offsetFetch) ]
        )
        { limited = true; }
    ]
    [
        LOOKAHEAD({ atRowLock() })
        <FOR> { refuse("FOR UPDATE"); }
    ]
    {
        if (limited && !e.isA(SqlKind.QUERY)) {
            checkNonQueryExpression(ExprContext.ACCEPT_QUERY);
        }
        return order == null && offsetFetch[0] == null && offsetFetch[1] == null
            ? e
            : new SqlOrderBy(getPos(), e, Util.first(order, SqlNodeList.EMPTY), offsetFetch[0], offsetFetch[1]);
    }
}

/** LIMIT { count [ % ] | ALL | start, count } */
void LimitRows(SqlNode[] offsetFetch) :
{
    SqlNode e;
}
{
    <LIMIT>
    (
        <ALL>
    |
        e = Expression(ExprContext.ACCEPT_SUB_QUERY)
        [ ( <PERCENT_REMAINDER> | <PERCENT> ) { e = QueryOperators.PERCENT.createCall(Span.of(e).end(this), e); } ]
        { offsetFetch[1] = e; }
        [
            <COMMA> { offsetFetch[0] = e; offsetFetch[1] = null; }
            ( <ALL> | e = Expression(ExprContext.ACCEPT_SUB_QUERY) { offsetFetch[1] = e; } )
        ]
    )
}

void OffsetRows(SqlNode[] offsetFetch) :
{
}
{
    <OFFSET> offsetFetch[0] = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [ <ROW> | <ROWS> ]
}

/** FETCH { FIRST | NEXT } [ count [ PERCENT ] ] { ROW | ROWS } { ONLY | WITH TIES } */
void FetchRows(SqlNode[] offsetFetch) :
{
    SqlNode e;
}
{
    <FETCH> ( <FIRST> | <NEXT> ) { e = SqlLiteral.createExactNumeric("1", getPos()); }
    [
        LOOKAHEAD({ getToken(1).kind != ROW && getToken(1).kind != ROWS })
        e = Operand(ExprContext.ACCEPT_SUB_QUERY)
        [ <PERCENT> { e = QueryOperators.PERCENT.createCall(Span.of(e).end(this), e); } ]
    ]
    ( <ROW> | <ROWS> )
    ( <ONLY> | <WITH> <TIES> { refuse("FETCH ... WITH TIES (write QUALIFY rank() OVER (ORDER BY ...) <= n)"); } )
    { offsetFetch[1] = e; }
}

/** WITH [ RECURSIVE ] item, ... */
SqlNodeList WithList() :
{
    final Span s;
    final List<SqlWithItem> list = new ArrayList<SqlWithItem>();
    boolean recursive = false;
}
{
    <WITH> { s = span(); } [ LOOKAHEAD({ atRecursive() }) <RECURSIVE> { recursive = true; } ]
    AddWithItem(list, SqlLiteral.createBoolean(recursive, getPos()))
    ( <COMMA> AddWithItem(list, SqlLiteral.createBoolean(recursive, getPos())) )*
    { return new SqlNodeList(list, s.end(this)); }
}

/** name [ (columns) ] [ USING KEY (columns) ] AS [ [ NOT ] MATERIALIZED ] (query) */
void AddWithItem(List<SqlWithItem> list, SqlLiteral recursive) :
{
    final SqlIdentifier id;
    SqlNodeList columns = null;
    SqlNodeList key = null;
    String materialized = "";
    final SqlNode query;
}
{
    id = SimpleIdentifier()
    [ columns = NameList() ]
    [ <USING> <KEY> key = NameList() ]
    <AS>
    [ <MATERIALIZED> { materialized = "MATERIALIZED "; } | <NOT> <MATERIALIZED> { materialized = "NOT MATERIALIZED "; } ]
    { refuseChangesInWith(); }
    query = ParenthesizedExpression(ExprContext.ACCEPT_QUERY)
    [ LOOKAHEAD(2) ( <SEARCH> | <CYCLE> ) { refuse("SEARCH or CYCLE"); } ]
    { list.add(new WithItem(id, columns, query, recursive, key, materialized)); }
}

/** (name, ... [ , ]) */
SqlNodeList NameList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlIdentifier id;
}
{
    <LPAREN> { s = span(); }
    id = SimpleIdentifier() { list.add(id); }
    ( LOOKAHEAD(2) <COMMA> id = SimpleIdentifier() { list.add(id); } )*
    [ <COMMA> ]
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

/** { UNION | INTERSECT | EXCEPT | MINUS } [ ALL | DISTINCT ] [ BY NAME ] */
SqlBinaryOperator BinaryQueryOperator() :
{
    boolean all = false;
    boolean byName = false;
    final SqlKind kind;
}
{
    (
        <UNION> { kind = SqlKind.UNION; }
    |
        <INTERSECT> { kind = SqlKind.INTERSECT; }
    |
        ( <EXCEPT> | <SET_MINUS> ) { kind = SqlKind.EXCEPT; }
    )
    [ <ALL> { all = true; } | <DISTINCT> ]
    [
        <BY> <NAME> {
            byName = true;
            if (kind != SqlKind.UNION) {
                refuse(kind + " BY NAME");
            }
        }
    ]
    { return QueryOperators.setOperator(kind, all, byName); }
}

/** VALUES row, ... [ , ] */
SqlNode TableConstructor() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
    final Span s;
}
{
    ( <VALUES> | <VALUE> ) { s = span(); }
    AddRowConstructor(list)
    ( LOOKAHEAD(2) <COMMA> AddRowConstructor(list) )*
    [ LOOKAHEAD({ getToken(1).kind == COMMA && atEndOfRows() }) <COMMA> ]
    { return SqlStdOperatorTable.VALUES.createCall(s.end(this), list); }
}

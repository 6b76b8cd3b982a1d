<#-- PIVOT and UNPIVOT, as statements and in FROM. -->

/** PIVOT table ON column, ... USING aggregate, ... GROUP BY column, ...: a query of all its columns. */
SqlNode PivotStatement() :
{
    final Span s;
    SqlNode e;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final List<SqlNode> aggregates = new ArrayList<SqlNode>();
    SqlNodeList groups = null;
    SqlIdentifier name = null;
    SqlNodeList values = SqlNodeList.EMPTY;
}
{
    ( <PIVOT> | <PIVOT_WIDER> ) { s = span(); }
    e = JoinedTable()
    [
        <ON> AddPivotColumn(items)
        ( LOOKAHEAD(2) <COMMA> AddPivotColumn(items) )*
    ]
    [
        <USING> AddSelectItem(aggregates)
        ( LOOKAHEAD(2) <COMMA> AddSelectItem(aggregates) )*
        [ <COMMA> ]
    ]
    [ <GROUP> <BY> groups = PivotGroups() ]
    {
        return PivotedTable.statement(s.end(this), e, items, aggregates, groups);
    }
|
    ( <UNPIVOT> | <PIVOT_LONGER> ) { s = span(); }
    e = JoinedTable()
    <ON> AddSelectItem(items)
    ( LOOKAHEAD(2) <COMMA> AddSelectItem(items) )*
    [ <COMMA> ]
    [
        <INTO> <NAME> name = SimpleIdentifier()
        <VALUE> values = UnpivotNames()
    ]
    {
        return UnpivotedTable.statement(s.end(this), e, items, name, values);
    }
}

SqlNodeList PivotGroups() :
{
    final List<SqlNode> list;
}
{
    list = GroupingElementList() { return new SqlNodeList(list, Span.of(list).pos()); }
}

/** name, ... */
SqlNodeList UnpivotNames() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    AddSimpleIdentifiers(list) { return new SqlNodeList(list, Span.of(list).pos()); }
}

/** ... PIVOT (aggregate, ... FOR column IN (...) ... [ GROUP BY ... ]) [ alias ] */
SqlNode PivotOf(SqlNode table) :
{
    final Span s;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final List<SqlNode> aggregates = new ArrayList<SqlNode>();
    SqlNodeList groups = null;
    SqlNode e;
}
{
    <PIVOT> { s = span(); }
    <LPAREN> AddSelectItem(aggregates)
    ( LOOKAHEAD(2) <COMMA> AddSelectItem(aggregates) )*
    [ <COMMA> ]
    <FOR> ( AddPivotColumn(items) )+
    [ <GROUP> <BY> groups = PivotGroups() ]
    <RPAREN> { e = new PivotedTable(s.end(this), false, table, aggregates, items, groups); }
    [ LOOKAHEAD(1, { mayAlias() }) e = TableAlias(e) ]
    { return e; }
}

/** ... UNPIVOT [ INCLUDE | EXCLUDE NULLS ] (values FOR name IN (column, ...)) [ alias ] */
SqlNode UnpivotOf(SqlNode table) :
{
    final Span s;
    boolean includeNulls = false;
    final SqlNodeList values;
    final SqlNodeList names;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNode e;
}
{
    <UNPIVOT> { s = span(); }
    [ <INCLUDE> <NULLS> { includeNulls = true; } | <EXCLUDE> <NULLS> ]
    <LPAREN>
    ( values = NameList() | values = UnpivotNames() )
    <FOR> ( names = NameList() | names = UnpivotNames() )
    <IN> <LPAREN> AddSelectItem(items)
    ( LOOKAHEAD(2) <COMMA> AddSelectItem(items) )*
    [ <COMMA> ]
    <RPAREN> <RPAREN> { e = UnpivotedTable.of(s.end(this), table, includeNulls, values, names, items); }
    [ LOOKAHEAD(1, { mayAlias() }) e = TableAlias(e) ]
    { return e; }
}

/** expression [ IN (value [ [ AS ] alias ], ...) | IN (query) ] */
void AddPivotColumn(List<SqlNode> list) :
{
    final SqlNode column;
    SqlNode values = null;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final Span s;
}
{
    column = ExpressionBefore(IN) { s = Span.of(column); }
    [
        <IN>
        (
            LOOKAHEAD({ getToken(1).kind == LPAREN && getToken(2).kind != LPAREN && atQuery(2) })
            <LPAREN> values = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN>
        |
            <LPAREN> AddSelectItem(items)
            ( LOOKAHEAD(2) <COMMA> AddSelectItem(items) )*
            [ <COMMA> ]
            <RPAREN> { values = new SqlNodeList(items, Span.of(items).end(this)); }
        |
            SimpleIdentifier() { refuse("PIVOT by an enumerated type (list its values)"); }
        )
    ]
    { list.add(new PivotColumn(s.end(this), column, values)); }
}

<#-- What the statements that change rows have in common. -->

/** WITH ... { query | INSERT | ... } */
SqlNode WithStatement() :
{
    final SqlNodeList with;
    SqlNode statement;
}
{
    with = WithList()
    (
        LOOKAHEAD({ atDml() })
        statement = DmlStatement(with) { return statement; }
    |
        LOOKAHEAD({ getToken(1).kind != WITH })
        statement = QueryOrExpr(ExprContext.ACCEPT_QUERY) { statement = addWith(with, statement); }
        statement = OrderByLimitOpt(statement) { return statement; }
    )
}

/** { INSERT | REPLACE | UPDATE | DELETE | MERGE | TRUNCATE } ... */
SqlNode DmlStatement(SqlNodeList with) :
{
    final SqlNode statement;
}
{
    (
        statement = InsertStatement(with)
    |
        statement = UpdateStatement(with)
    |
        statement = DeleteStatement(with)
    |
        statement = MergeStatement(with)
    |
        statement = TruncateStatement(with)
    )
    { return statement; }
}

/** table [ [ AS ] alias ] */
Target AliasedTarget() :
{
    final SqlIdentifier table;
    SqlIdentifier alias = null;
}
{
    table = CompoundTableIdentifier()
    [ LOOKAHEAD(1, { getToken(1).kind != SET }) [ <AS> ] alias = SimpleIdentifier() ]
    { return new Target(table, alias); }
}

/** assignment, ... */
List<Assignment> AssignmentList() :
{
    final List<Assignment> assignments = new ArrayList<Assignment>();
    Assignment assignment;
}
{
    assignment = Assignment() { assignments.add(assignment); }
    ( <COMMA> assignment = Assignment() { assignments.add(assignment); } )*
    { return assignments; }
}

/** column = { expression | DEFAULT } | ( column, ... ) = { [ ROW ] ( { expression | DEFAULT }, ... ) | ( query ) } */
Assignment Assignment() :
{
    final SqlIdentifier column;
    final SqlNodeList columns;
    final SqlNodeList values;
    final SqlNode value;
}
{
    LOOKAHEAD({ getToken(1).kind == LPAREN })
    columns = ParenthesizedSimpleIdentifierList()
    <EQ>
    [ <ROW> ]
    values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY)
    { return new Assignment(columns, values); }
|
    column = CompoundIdentifier()
    <EQ>
    (
        value = Default()
    |
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    {
        return new Assignment(SqlNodeList.of(column), new SqlNodeList(ImmutableList.of(value), value.getParserPosition()));
    }
}

/** RETURNING item, ... */
SqlNodeList Returning() :
{
    final Span s;
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    <RETURNING> { s = span(); }
    AddSelectItem(items)
    ( <COMMA> AddSelectItem(items) )*
    { return new SqlNodeList(items, s.end(this)); }
}

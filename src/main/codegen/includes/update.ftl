/** UPDATE table [ [ AS ] alias ] SET column = { expression | DEFAULT }, ... [ WHERE condition ] */
SqlNode UpdateStatement() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    final SqlNodeList columns;
    final SqlNodeList values;
    SqlNode where = null;
}
{
    <UPDATE> {
        s = span();
        columns = new SqlNodeList(getPos());
        values = new SqlNodeList(getPos());
    }
    table = CompoundTableIdentifier()
    [ LOOKAHEAD({ getToken(1).kind != SET }) [ <AS> ] alias = SimpleIdentifier() ]
    <SET> Assignment(columns, values) ( <COMMA> Assignment(columns, values) )*
    [ where = Where() ]
    { return new SqlUpdate(s.end(this), table, columns, values, where, null, alias); }
}

void Assignment(SqlNodeList columns, SqlNodeList values) :
{
    final SqlIdentifier column;
    final SqlNode value;
}
{
    column = SimpleIdentifier()
    <EQ>
    (
        value = Default()
    |
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    {
        columns.add(column);
        values.add(value);
    }
}

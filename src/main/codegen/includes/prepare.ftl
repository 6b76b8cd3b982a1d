/** PREPARE name [ ( type, ... ) ] AS statement */
SqlNode PrepareStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
    SqlDataTypeSpec type;
    final SqlParserPos start;
    final SqlNode prepared;
}
{
    <PREPARE> { s = span(); }
    name = SimpleIdentifier()
    [
        <LPAREN>
        type = DataType() { types.add(type); }
        ( <COMMA> type = DataType() { types.add(type); } )*
        <RPAREN>
    ]
    <AS> { start = new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn); }
    prepared = SqlStmt() { return new Prepare(s.end(this), name, types, start, prepared); }
}

/** EXECUTE name [ ( value, ... ) | USING value, ... ] */
SqlNode ExecuteStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final List<SqlNode> values = new ArrayList<SqlNode>();
}
{
    <EXECUTE> { s = span(); }
    name = SimpleIdentifier()
    [
        <LPAREN> [ AddExecuteValues(values) ] <RPAREN>
    |
        <USING> AddExecuteValues(values)
    ]
    { return new Execute(s.end(this), name, values); }
}

void AddExecuteValues(List<SqlNode> values) :
{
    SqlNode value;
}
{
    value = Expression(ExprContext.ACCEPT_NON_QUERY) { values.add(value); }
    ( <COMMA> value = Expression(ExprContext.ACCEPT_NON_QUERY) { values.add(value); } )*
}

/** DEALLOCATE [ PREPARE ] { name | ALL } */
SqlNode DeallocateStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <DEALLOCATE> { s = span(); }
    [ LOOKAHEAD(<PREPARE> ( <ALL> | SimpleIdentifier() )) <PREPARE> ]
    (
        <ALL>
    |
        name = SimpleIdentifier()
    )
    { return new Deallocate(s.end(this), name); }
}

/** INSERT INTO table [ AS alias ] [ ( column, ... ) ] { query | DEFAULT VALUES } */
SqlNode InsertStatement() :
{
    final Span s;
    final SqlIdentifier table;
    SqlNodeList columns = null;
    SqlNode source = null;
}
{
    <INSERT> { s = span(); }
    <INTO> table = CompoundTableIdentifier()
    [
        LOOKAHEAD(<LPAREN> SimpleIdentifier() ( <COMMA> | <RPAREN> ))
        columns = ParenthesizedSimpleIdentifierList()
    ]
    (
        <DEFAULT_> <VALUES>
    |
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    { return new Insert(s.end(this), table, columns, source); }
}

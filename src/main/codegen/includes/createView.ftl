/** VIEW [ IF NOT EXISTS ] name [ ( column, ... ) ] AS query */
SqlNode CreateViewStatement(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <VIEW> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new CreateView(s.end(this), replace, ifNotExists, name, columns, query); }
}

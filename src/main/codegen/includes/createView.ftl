/** [ RECURSIVE ] VIEW [ IF NOT EXISTS ] name [ ( column, ... ) ] AS query */
SqlNode CreateViewStatement(Span s, boolean replace, boolean temporary) :
{
    boolean recursive = false;
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    [ <RECURSIVE> { recursive = true; } ]
    <VIEW> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new CreateView(s.end(this), replace, temporary, recursive, ifNotExists, name, columns, query);
    }
}

/** MATERIALIZED VIEW [ IF NOT EXISTS ] name [ ( column, ... ) ] AS query [ WITH [ NO ] DATA ] */
SqlNode CreateMaterializedViewStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
    boolean data = true;
}
{
    Word() <VIEW> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [ <WITH> [ <NO> { data = false; } ] <DATA> ]
    {
        return new CreateMaterializedView(s.end(this), replace, temporary, ifNotExists, name, columns, query, data);
    }
}

<#-- What queries have beyond Calcite's grammar. -->

JoinType SemiJoin() :
{
}
{
    [ <LEFT> ] <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType AntiJoin() :
{
}
{
    [ <LEFT> ] <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** expression :: type, binding tighter than every other operator. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, getPos()));
    }
    type = DataType() { list.add(type); }
}

/** a // b */
void IntegerDivide(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <INTEGER_DIVIDE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(EngineOperators.INTEGER_DIVIDE, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** An argument of a function: a query, with its own ORDER BY, or an expression. */
SqlNode FunctionArgument(ExprContext exprContext) :
{
    final SqlNode e;
}
{
    LOOKAHEAD({ atQuery() && getToken(1).kind != LPAREN })
    e = OrderedQueryOrExpr(exprContext) { return e; }
|
    e = QueryOrExpr(exprContext) { return e; }
}

/** [ ORDER BY item, ... ] [ { IGNORE | RESPECT } NULLS ] behind the arguments, still in parentheses. */
void AddArgumentSuffix(List<SqlNode> list) :
{
    final SqlNodeList order;
}
{
    [ order = OrderBy(true) { list.add(order); } ]
    [
        <IGNORE> <NULLS> { list.add(EngineOperators.IGNORE_NULLS.createCall(getPos())); }
    |
        <RESPECT> <NULLS> { list.add(EngineOperators.RESPECT_NULLS.createCall(getPos())); }
    ]
}

/** TIMESTAMPTZ '...' and the like. */
SqlNode EngineTypedLiteral() :
{
    final Span s;
    final String type;
    final String value;
}
{
    ( <TIMESTAMPTZ> | <TIMETZ> | <JSON> | <BLOB> ) { s = span(); type = token.image.toUpperCase(Locale.ROOT); }
    value = SimpleStringLiteral() { return SqlLiteral.createUnknown(type, value, s.end(this)); }
}

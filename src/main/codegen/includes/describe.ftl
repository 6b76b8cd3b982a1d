/** { DESCRIBE | DESC } { [ TABLE ] name | query } */
SqlNode DescribeStatement() :
{
    final Span s;
    final SqlNode described;
}
{
    ( <DESCRIBE> | <DESC> ) { s = span(); }
    (
        LOOKAHEAD({ atQuery() && getToken(1).kind != TABLE })
        described = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        [ <TABLE> ] described = CompoundIdentifier()
    )
    { return new Describe(s.end(this), described); }
}

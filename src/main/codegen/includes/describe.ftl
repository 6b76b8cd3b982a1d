/** { DESCRIBE | DESC | SUMMARIZE } { [ TABLE ] name | query } */
SqlNode DescribeStatement() :
{
    final Span s;
    final SqlNode described;
    final boolean summary;
}
{
    (
        ( <DESCRIBE> | <DESC> ) { s = span(); summary = false; }
    |
        s = Word() { summary = true; }
    )
    (
        LOOKAHEAD({ atQuery() && getToken(1).kind != TABLE })
        described = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        [ <TABLE> ] described = CompoundIdentifier()
    )
    { return new Describe(s.end(this), described, summary); }
}

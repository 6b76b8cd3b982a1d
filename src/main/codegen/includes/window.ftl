<#-- Windows. -->

/** ( [ name ] [ PARTITION BY ... ] [ ORDER BY ... ] [ frame ] ) */
SqlWindow WindowSpecification() :
{
    final Span s;
    final Span partition;
    SqlIdentifier base = null;
    SqlNodeList partitions = SqlNodeList.EMPTY;
    SqlNodeList order = SqlNodeList.EMPTY;
    String unit = "";
    SqlNode lower = null;
    SqlNode upper = null;
    SqlLiteral exclude = SqlWindow.createExcludeNoOthers(SqlParserPos.ZERO);
}
{
    <LPAREN> { s = span(); }
    [
        // Words that are not reserved, but here do not name a window.
        LOOKAHEAD(1, { !atWindowClause() })
        base = SimpleIdentifier()
    ]
    [ <PARTITION> { partition = span(); } <BY> partitions = ExpressionCommaList(partition, ExprContext.ACCEPT_SUB_QUERY) ]
    [ order = OrderBy(true) ]
    [
        ( <ROWS> | <RANGE> | <GROUPS> ) { unit = token.image.toUpperCase(Locale.ROOT); }
        (
            <BETWEEN> lower = FrameBound() <AND> upper = FrameBound()
        |
            lower = FrameBound()
        )
        exclude = WindowExclusion()
    ]
    <RPAREN>
    { return new Window(s.end(this), base, partitions, order, unit, lower, upper, exclude); }
}

SqlNode FrameBound() :
{
    final Span s;
    final SqlNode e;
}
{
    LOOKAHEAD(2)
    <CURRENT> { s = span(); } <ROW> { return SqlWindow.createCurrentRow(s.end(this)); }
|
    LOOKAHEAD(2)
    <UNBOUNDED> { s = span(); } <PRECEDING> { return SqlWindow.createUnboundedPreceding(s.end(this)); }
|
    LOOKAHEAD(2)
    <UNBOUNDED> { s = span(); } <FOLLOWING> { return SqlWindow.createUnboundedFollowing(s.end(this)); }
|
    e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    (
        <PRECEDING> { return SqlWindow.createPreceding(e, getPos()); }
    |
        <FOLLOWING> { return SqlWindow.createFollowing(e, getPos()); }
    )
}

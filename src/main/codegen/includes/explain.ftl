/** EXPLAIN [ ANALYZE ] { query | INSERT | UPDATE | DELETE } */
SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    [ <ANALYZE> { analyze = true; } ]
    (
        LOOKAHEAD({ atQuery() })
        statement = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        statement = InsertStatement()
    |
        statement = UpdateStatement()
    |
        statement = DeleteStatement()
    )
    { return new Explain(s.end(this), analyze, statement); }
}

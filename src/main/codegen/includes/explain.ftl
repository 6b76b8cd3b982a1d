/**
 * EXPLAIN [ ANALYZE ] [ VERBOSE ] [ FORMAT format ] statement
 * EXPLAIN ( { ANALYZE | VERBOSE | FORMAT format }, ... ) statement
 *
 * format: TEXT, JSON, YAML, HTML, GRAPHVIZ or MERMAID
 */
SqlNode ExplainStatement() :
{
    final Span s;
    final Explain.Options options = new Explain.Options();
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    (
        LOOKAHEAD({ getToken(1).kind == LPAREN && atExplainOption(2) })
        <LPAREN>
        ExplainOption(options)
        ( <COMMA> ExplainOption(options) )*
        <RPAREN>
    |
        ( LOOKAHEAD({ atExplainOption(1) }) ExplainOption(options) )*
    )
    statement = SqlStmt() { return new Explain(s.end(this), options, statement); }
}

void ExplainOption(Explain.Options options) :
{
}
{
    <ANALYZE> { options.analyze(); }
|
    // More words about the plan: the engine has only one length.
    LOOKAHEAD({ atWord("VERBOSE") })
    Word()
|
    <FORMAT> ( LOOKAHEAD({ atWord("JSON") }) Word() | SimpleIdentifier() ) { options.format(token.image, getPos()); }
}

/** KILL { QUERY | SESSION } 'id' */
SqlNode KillStatement() :
{
    final Span s;
    final SqlIdentifier what;
    final SqlNode id;
}
{
    s = Word()
    what = AnyWord()
    id = StringLiteral() { return new Kill(s.end(this), what, (SqlLiteral) id); }
}

/** REFRESH MATERIALIZED VIEW name */
SqlNode RefreshStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    s = Word() MaterializedWord() <VIEW> name = CompoundIdentifier()
    { return new RefreshView(s.end(this), name); }
}

void MaterializedWord() :
{
}
{
    LOOKAHEAD({ atWord("MATERIALIZED") })
    Word()
}

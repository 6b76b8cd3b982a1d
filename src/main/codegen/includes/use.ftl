/** USE { database | schema | database.schema } */
SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); }
    (
        LOOKAHEAD({ getToken(1).kind == DEFAULT_ && getToken(2).kind != DOT })
        <DEFAULT_> { name = new SqlIdentifier("default", getPos()); }
    |
        name = CompoundIdentifier()
    )
    { return new Use(s.end(this), name); }
}

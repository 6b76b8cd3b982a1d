/** USE { database | schema | database.schema } */
SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); }
    name = DatabaseName() { return new Use(s.end(this), name); }
}

/** A name of one or more parts; `default`, the first database's, is a reserved word elsewhere. */
SqlIdentifier DatabaseName() :
{
    final SqlIdentifier name;
}
{
    (
        LOOKAHEAD({ getToken(1).kind == DEFAULT_ && getToken(2).kind != DOT })
        <DEFAULT_> { name = new SqlIdentifier("default", getPos()); }
    |
        name = CompoundIdentifier()
    )
    { return name; }
}

/** USE { database | schema | database.schema } */
SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); }
    (
        // The database of that name needs no quotes here: nothing else could be meant.
        <DEFAULT_> { name = new SqlIdentifier("default", getPos()); }
    |
        name = CompoundIdentifier()
    )
    { return new Use(s.end(this), name); }
}

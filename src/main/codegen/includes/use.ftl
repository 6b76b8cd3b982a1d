/** USE { database | schema | database.schema } */
SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); }
    name = CompoundIdentifier()
    { return new Use(s.end(this), name); }
}

/** SCHEMA [ IF NOT EXISTS ] [ database. ] name */
SqlNode CreateSchemaStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    <SCHEMA> ifNotExists = IfNotExists() name = CompoundIdentifier()
    { return new CreateSchema(s.end(this), replace, temporary, ifNotExists, name); }
}

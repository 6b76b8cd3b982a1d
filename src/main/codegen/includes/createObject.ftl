/** What is no table. */
SqlNode CreateObjectStatement(Span s, boolean replace, boolean temporary) :
{
    final SqlNode create;
}
{
    (
        create = CreateViewStatement(s, replace, temporary)
    |
        LOOKAHEAD({ atWord("MATERIALIZED") })
        create = CreateMaterializedViewStatement(s, replace, temporary)
    |
        create = CreateSchemaStatement(s, replace, temporary)
    |
        create = CreateSequenceStatement(s, replace, temporary)
    |
        LOOKAHEAD({ atOneOf(1, "INDEX", "UNIQUE") })
        create = CreateIndexStatement(s, replace, temporary)
    |
        create = CreateTypeStatement(s, replace, temporary)
    |
        LOOKAHEAD({ atOneOf(1, "MACRO", "FUNCTION") })
        create = CreateMacroStatement(s, replace, temporary)
    |
        create = CreateDatabaseStatement(s, replace, temporary)
    )
    { return create; }
}

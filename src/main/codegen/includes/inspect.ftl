/**
 * INSPECT { TABLES | INDEXES | DATABASES | USERS | ROLES | PRIVILEGES | SERVER | STATUS }
 *      | TABLE name
 *      | DATABASE name
 *      | ROLE name
 *      | USER name [ ROLES | PRIVILEGES ]
 */
SqlNode InspectStatement() :
{
    final Span s;
    final SqlIdentifier subject;
    SqlIdentifier name = null;
    SqlIdentifier detail = null;
}
{
    s = Word()
    (
        LOOKAHEAD({ atOneOf(1, "TABLE", "DATABASE", "ROLE", "USER") })
        subject = AnyWord() name = DatabaseName()
        [ LOOKAHEAD({ atOneOf(1, "ROLES", "PRIVILEGES") }) detail = AnyWord() ]
    |
        LOOKAHEAD({ atWord("AUDIT") })
        subject = AnyWord() SkipToEnd() { return new Unsupported(s.end(this), "INSPECT AUDIT: the audit trail is not enabled, it"); }
    |
        subject = AnyWord()
    )
    { return Inspect.of(s.end(this), subject, name, detail); }
}

/**
 * ALTER { VIEW | MATERIALIZED VIEW } [ IF EXISTS ] name RENAME TO name
 * ALTER SEQUENCE [ IF EXISTS ] name OWNED BY { NONE | table [ .column ] }
 */
SqlNode AlterObjectStatement() :
{
    final Span s;
    boolean materialized = false;
    final boolean ifExists;
    final SqlIdentifier name;
    final SqlIdentifier other;
    final SequenceOptions options = new SequenceOptions();
    String kind;
}
{
    <ALTER> { s = span(); }
    (
        LOOKAHEAD({ atOneOf(1, "VIEW", "MATERIALIZED") })
        [ LOOKAHEAD({ atWord("MATERIALIZED") }) Word() { materialized = true; } ]
        <VIEW> ifExists = IfExists() name = CompoundIdentifier() RenameWord() <TO> other = SimpleIdentifier()
        { return new RenameView(s.end(this), materialized, ifExists, name, other); }
    |
        LOOKAHEAD({ getToken(1).kind == SEQUENCE && !atRenaming() })
        <SEQUENCE> ifExists = IfExists() name = CompoundIdentifier() ( LOOKAHEAD({ atSequenceOption() }) StandaloneSequenceOption(options) )+
        { return new AlterSequence(s.end(this), ifExists, name, options); }
    |
        LOOKAHEAD({ true })
        (
            <SCHEMA> { kind = "SCHEMA"; }
        |
            <SEQUENCE> { kind = "SEQUENCE"; }
        |
            <DATABASE> { kind = "DATABASE"; }
        |
            <TYPE> { kind = "TYPE"; }
        |
            LOOKAHEAD({ atWord("INDEX") })
            Word() { kind = "INDEX"; }
        )
        IfExists() DatabaseName() { kind = atWord("RENAME") ? kind + " ... RENAME" : kind; }
        SkipToEnd()
        { return new Unsupported(s.end(this), "ALTER " + kind); }
    )
}

void RenameWord() :
{
}
{
    LOOKAHEAD({ atWord("RENAME") })
    Word()
}

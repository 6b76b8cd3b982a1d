/**
 * DROP { SEQUENCE | INDEX | TYPE | MACRO [ TABLE ] | FUNCTION | MATERIALIZED VIEW | DATABASE } [ IF EXISTS ] name, ...
 * [ CASCADE | RESTRICT ]
 * DROP INDEX [ IF EXISTS ] name ON table
 */
SqlNode DropObjectStatement() :
{
    final Span s;
    final ObjectKind kind;
    final boolean ifExists;
    SqlIdentifier name;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    boolean cascade = false;
    boolean restrict = false;
    SqlIdentifier table = null;
}
{
    <DROP> { s = span(); }
    (
        <DATABASE> ifExists = IfExists() name = DatabaseName()
        [ <CASCADE> | <RESTRICT> { restrict = true; } ]
        { return new DropDatabase(s.end(this), ifExists, name, restrict); }
    |
        LOOKAHEAD({ getToken(1).kind != DATABASE })
        (
            <SEQUENCE> { kind = ObjectKind.SEQUENCE; }
        |
            <TYPE> { kind = ObjectKind.TYPE; }
        |
            <FUNCTION> { kind = ObjectKind.FUNCTION; }
        |
            LOOKAHEAD({ atWord("INDEX") })
            Word() [ LOOKAHEAD({ atWord("CONCURRENTLY") }) Word() ] { kind = ObjectKind.INDEX; }
        |
            LOOKAHEAD({ atWord("MATERIALIZED") })
            Word() <VIEW> { kind = ObjectKind.MATERIALIZED_VIEW; }
        |
            LOOKAHEAD({ atWord("MACRO") })
            Word() [ <TABLE> ] { kind = ObjectKind.FUNCTION; }
        )
        ifExists = IfExists() name = CompoundIdentifier() { names.add(name); }
        ( <COMMA> name = CompoundIdentifier() { names.add(name); } )*
        [ LOOKAHEAD({ kind == ObjectKind.INDEX && names.size() == 1 && getToken(1).kind == ON }) <ON> table = CompoundIdentifier() ]
        [ <CASCADE> { cascade = true; } | <RESTRICT> ]
        { return new DropObject(s.end(this), kind, ifExists, names, table, cascade); }
    )
}

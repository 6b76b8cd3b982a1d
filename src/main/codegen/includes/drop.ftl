/** DROP { TABLE | VIEW | SCHEMA } [ IF EXISTS ] name, ... [ CASCADE | RESTRICT ] */
SqlNode DropStatement() :
{
    final Span s;
    final Drop.Target target;
    final boolean ifExists;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    SqlIdentifier name;
    boolean cascade = false;
}
{
    <DROP> { s = span(); }
    (
        [ <EXTERNAL> ] <TABLE> { target = Drop.Target.TABLE; }
    |
        <VIEW> { target = Drop.Target.VIEW; }
    |
        <SCHEMA> { target = Drop.Target.SCHEMA; }
    )
    ifExists = IfExists() name = CompoundIdentifier() { names.add(name); }
    ( <COMMA> name = CompoundIdentifier() { names.add(name); } )*
    [ <CASCADE> { cascade = true; } | <RESTRICT> ]
    { return new Drop(s.end(this), target, ifExists, names, cascade); }
}

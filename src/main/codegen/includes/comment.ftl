/** COMMENT ON kind name IS { 'text' | NULL } */
SqlNode CommentStatement() :
{
    final Span s;
    final ObjectKind kind;
    final SqlIdentifier name;
    SqlNode text = null;
}
{
    s = Word() <ON> kind = CommentedKind() name = DatabaseName() <IS>
    ( text = StringLiteral() | <NULL> )
    { return new Comment(s.end(this), kind, name, text); }
}

ObjectKind CommentedKind() :
{
}
{
    <TABLE> { return ObjectKind.TABLE; }
|
    <VIEW> { return ObjectKind.VIEW; }
|
    <SCHEMA> { return ObjectKind.SCHEMA; }
|
    <DATABASE> { return ObjectKind.DATABASE; }
|
    <SEQUENCE> { return ObjectKind.SEQUENCE; }
|
    <TYPE> { return ObjectKind.TYPE; }
|
    <FUNCTION> { return ObjectKind.FUNCTION; }
|
    LOOKAHEAD({ atWord("COLUMN") })
    Word() { return ObjectKind.COLUMN; }
|
    LOOKAHEAD({ atWord("INDEX") })
    Word() { return ObjectKind.INDEX; }
|
    LOOKAHEAD({ atWord("MACRO") })
    Word() [ <TABLE> ] { return ObjectKind.FUNCTION; }
|
    LOOKAHEAD({ atWord("MATERIALIZED") })
    Word() <VIEW> { return ObjectKind.MATERIALIZED_VIEW; }
}

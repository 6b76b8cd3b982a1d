<#-- What queries have beyond Calcite's grammar. -->

JoinType SemiJoin() :
{
}
{
    [ <LEFT> ] <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType AntiJoin() :
{
}
{
    [ <LEFT> ] <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** TIMESTAMPTZ '...' and the like. */
SqlNode EngineTypedLiteral() :
{
    final Span s;
    final String type;
    final String value;
}
{
    ( <TIMESTAMPTZ> | <TIMETZ> | <JSON> | <BLOB> ) { s = span(); type = token.image.toUpperCase(Locale.ROOT); }
    value = SimpleStringLiteral() { return SqlLiteral.createUnknown(type, value, s.end(this)); }
}

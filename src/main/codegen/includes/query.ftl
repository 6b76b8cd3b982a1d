<#-- What queries have beyond Calcite's grammar. -->

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

<#-- Statements that other servers have. They are read as far as needed to say why they are not here. -->

/** A statement that {@link RefusedStatement} gives a reason for; the rest of the text is not read. */
SqlNode RefusedStatement() :
{
    final Span s;
    final String word;
}
{
    s = Word() { word = token.image; }
    SkipToEnd() { return new RefusedStatement(s.pos(), word); }
}

/** { CREATE [ OR REPLACE ] | ALTER | DROP } of a kind of object that there is not. */
SqlNode RefusedObjectStatement() :
{
    final Span s;
    final String verb;
    final SqlIdentifier kind;
}
{
    ( <CREATE> | <ALTER> | <DROP> ) { s = span(); verb = token.image; }
    [ <OR> <REPLACE> ]
    kind = AnyWord()
    SkipToEnd() { return new RefusedStatement(s.pos(), verb, kind.getSimple()); }
}

JAVACODE void SkipToEnd() {
    while (getToken(1).kind != EOF) {
        getNextToken();
    }
}

/** DECLARE name [ INSENSITIVE | ASENSITIVE | SENSITIVE ] [ [ NO ] SCROLL ] CURSOR [ { WITH | WITHOUT } HOLD ] FOR query */
SqlNode DeclareStatement() :
{
    final Span s;
    final SqlIdentifier name;
    boolean sensitive = false;
    boolean scroll = false;
    boolean held = false;
    final SqlParserPos start;
    final SqlNode query;
}
{
    s = Word()
    name = SimpleIdentifier()
    [
        LOOKAHEAD({ atOneOf(1, "INSENSITIVE", "ASENSITIVE", "SENSITIVE") })
        Word() { sensitive = token.image.equalsIgnoreCase("SENSITIVE"); }
    ]
    [
        LOOKAHEAD({ atWord("NO") && atWord(2, "SCROLL") })
        Word() Word()
    |
        LOOKAHEAD({ atWord("SCROLL") })
        Word() { scroll = true; }
    ]
    <CURSOR>
    [
        <WITH> <HOLD> { held = true; }
    |
        <WITHOUT> <HOLD>
    ]
    <FOR> { start = new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn); }
    query = SqlStmt() { return new DeclareCursor(s.end(this), name, sensitive, scroll, held, start, query); }
}

/** { FETCH | MOVE } [ where ] [ FROM | IN ] name */
SqlNode FetchStatement() :
{
    final Span s;
    final boolean rows;
    final CursorStep step;
    final SqlIdentifier name;
}
{
    s = Word() { rows = token.image.equalsIgnoreCase("FETCH"); }
    step = CursorStep()
    [ LOOKAHEAD({ atOneOf(1, "FROM", "IN") }) Word() ]
    name = SimpleIdentifier() { return new FetchCursor(s.end(this), name, step, rows); }
}

/** NEXT | PRIOR | FIRST | LAST | ABSOLUTE row | RELATIVE rows | { FORWARD | BACKWARD } [ rows | ALL ] | rows | ALL */
CursorStep CursorStep() :
{
    final String word;
    CursorStep step;
}
{
    (
        LOOKAHEAD({ atOneOf(1, "NEXT", "PRIOR", "FIRST", "LAST") })
        Word() { step = CursorStep.row(token.image, 0); }
    |
        LOOKAHEAD({ atOneOf(1, "ABSOLUTE", "RELATIVE") })
        Word() { word = token.image; }
        step = CursorRow(word)
    |
        LOOKAHEAD({ atOneOf(1, "FORWARD", "BACKWARD") })
        Word() { word = token.image; step = CursorStep.rows(word, 1); }
        [
            LOOKAHEAD({ atWord("ALL") })
            Word() { step = CursorStep.rows(word, Integer.MAX_VALUE); }
        |
            step = CursorRows(word)
        ]
    |
        LOOKAHEAD({ atWord("ALL") })
        Word() { step = CursorStep.rows("FORWARD", Integer.MAX_VALUE); }
    |
        step = CursorRows("FORWARD")
    |
        { step = CursorStep.row("NEXT", 0); }
    )
    { return step; }
}

CursorStep CursorRow(String word) :
{
    boolean back = false;
}
{
    [ <PLUS> | <MINUS> { back = true; } ]
    <UNSIGNED_INTEGER_LITERAL> { return CursorStep.row(word, CursorStep.number(token.image, back, getPos())); }
}

CursorStep CursorRows(String word) :
{
    boolean back = false;
}
{
    [ <PLUS> | <MINUS> { back = true; } ]
    <UNSIGNED_INTEGER_LITERAL> { return CursorStep.rows(word, CursorStep.number(token.image, back, getPos())); }
}

/** CLOSE { name | ALL } */
SqlNode CloseStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    s = Word()
    (
        <ALL>
    |
        name = SimpleIdentifier()
    )
    { return new CloseCursor(s.end(this), name); }
}

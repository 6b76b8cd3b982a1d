/**
 * SHOW { [ FULL ] TABLES | VIEWS } [ { FROM | IN } schema ] [ LIKE pattern ]
 *      | ALL TABLES
 *      | SCHEMAS [ { FROM | IN } database ] [ LIKE pattern ]
 *      | DATABASES [ LIKE pattern ]
 *      | COLUMNS { FROM | IN } table
 *      | INDEXES [ { FROM | IN } table ]
 *      | FUNCTIONS [ LIKE pattern ]
 *      | CREATE { TABLE | VIEW } name
 *      | ALL
 *      | setting
 */
SqlNode ShowStatement() :
{
    final Span s;
    SqlIdentifier name = null;
    SqlNode pattern = null;
}
{
    <SHOW> { s = span(); }
    (
        LOOKAHEAD({ atWord("FULL") && getToken(2).kind == TABLES })
        Word() <TABLES> name = ShownIn() pattern = ShownLike() {
            return new Show(s.end(this), Show.What.TABLES, name, pattern);
        }
    |
        <TABLES> name = ShownIn() pattern = ShownLike() {
            return new Show(s.end(this), Show.What.TABLES, name, pattern);
        }
    |
        LOOKAHEAD({ atWord("VIEWS") })
        Word() name = ShownIn() pattern = ShownLike() {
            return new Show(s.end(this), Show.What.VIEWS, name, pattern);
        }
    |
        <SCHEMAS> name = ShownIn() pattern = ShownLike() {
            return new Show(s.end(this), Show.What.SCHEMAS, name, pattern);
        }
    |
        <DATABASES> pattern = ShownLike() {
            return new Show(s.end(this), Show.What.DATABASES, null, pattern);
        }
    |
        LOOKAHEAD(2)
        <COLUMNS> ( <FROM> | <IN> ) name = CompoundIdentifier() {
            return new Show(s.end(this), Show.What.COLUMNS, name, null);
        }
    |
        LOOKAHEAD({ atWord("INDEXES") || atWord("INDEX") })
        Word() name = ShownIn() { return new Show(s.end(this), Show.What.INDEXES, name, null); }
    |
        LOOKAHEAD({ atWord("FUNCTIONS") })
        Word() pattern = ShownLike() { return new Show(s.end(this), Show.What.FUNCTIONS, null, pattern); }
    |
        <CREATE> ( <TABLE> | <VIEW> ) name = CompoundIdentifier() {
            return new Show(s.end(this), Show.What.CREATE, name, null);
        }
    |
        LOOKAHEAD(2)
        <ALL> <TABLES> { return new Show(s.end(this), Show.What.ALL_TABLES, null, null); }
    |
        <ALL> { return new Show(s.end(this), Show.What.ALL, null, null); }
    |
        LOOKAHEAD({ atWord("CLUSTER") && atWord(2, "STATUS") })
        AnyWord() AnyWord() { return new Unsupported(s.end(this), "SHOW CLUSTER STATUS"); }
    |
        name = SettingName() { return new Show(s.end(this), Show.What.SETTING, name, null); }
    )
}

SqlIdentifier ShownIn() :
{
    SqlIdentifier name = null;
}
{
    [ ( <FROM> | <IN> ) name = DatabaseName() ]
    { return name; }
}

SqlNode ShownLike() :
{
    SqlNode pattern = null;
}
{
    [ <LIKE> pattern = StringLiteral() ]
    { return pattern; }
}

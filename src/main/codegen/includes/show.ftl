/**
 * SHOW { TABLES [ { FROM | IN } schema ] | SCHEMAS | DATABASES | COLUMNS { FROM | IN } table | ALL | setting }
 */
SqlNode ShowStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <SHOW> { s = span(); }
    (
        <TABLES> [ ( <FROM> | <IN> ) name = CompoundIdentifier() ] {
            return new Show(s.end(this), Show.What.TABLES, name);
        }
    |
        <SCHEMAS> [ ( <FROM> | <IN> ) name = SimpleIdentifier() ] {
            return new Show(s.end(this), Show.What.SCHEMAS, name);
        }
    |
        <DATABASES> { return new Show(s.end(this), Show.What.DATABASES, null); }
    |
        LOOKAHEAD(2)
        <COLUMNS> ( <FROM> | <IN> ) name = CompoundIdentifier() {
            return new Show(s.end(this), Show.What.COLUMNS, name);
        }
    |
        <ALL> { return new Show(s.end(this), Show.What.ALL, null); }
    |
        name = SettingName() { return new Show(s.end(this), Show.What.SETTING, name); }
    )
}

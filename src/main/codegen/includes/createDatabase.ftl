/** DATABASE [ IF NOT EXISTS ] name [ [ WITH ] option ... ] */
SqlNode CreateDatabaseStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<CreateDatabase.Option> options = new ArrayList<CreateDatabase.Option>();
}
{
    <DATABASE> ifNotExists = IfNotExists() name = DatabaseName()
    [ <WITH> ]
    ( [ <COMMA> ] DatabaseOption(options) )*
    { return new CreateDatabase(s.end(this), replace || temporary, ifNotExists, name, options); }
}

/** { ENCODING | LOCALE | COLLATION | OWNER } [ = ] value */
void DatabaseOption(List<CreateDatabase.Option> options) :
{
    final SqlIdentifier name;
    final String value;
    final Span s = Span.of();
}
{
    name = SimpleIdentifier() [ <EQ> ] value = DatabaseOptionValue()
    { options.add(new CreateDatabase.Option(name, value)); }
}

String DatabaseOptionValue() :
{
    final String text;
    final SqlIdentifier name;
}
{
    text = SimpleStringLiteral() { return text; }
|
    <DEFAULT_> { return "default"; }
|
    name = SimpleIdentifier() { return name.getSimple(); }
}

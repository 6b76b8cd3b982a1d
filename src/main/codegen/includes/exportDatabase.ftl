/** EXPORT DATABASE [ database TO ] 'directory' [ ( option [ value ], ... ) ] */
SqlNode ExportDatabaseStatement() :
{
    final Span s;
    SqlIdentifier database = null;
    final SqlNode directory;
    final CopyOptions options = new CopyOptions();
}
{
    s = Word() <DATABASE>
    [
        LOOKAHEAD({ getToken(1).kind != QUOTED_STRING })
        database = DatabaseName() <TO>
    ]
    directory = StringLiteral()
    [ <LPAREN> CopyOption(options) ( <COMMA> CopyOption(options) )* <RPAREN> ]
    { return new ExportDatabase(s.end(this), database, directory, options); }
}

/** IMPORT DATABASE 'directory' */
SqlNode ImportDatabaseStatement() :
{
    final Span s;
    final SqlNode directory;
}
{
    s = Word() <DATABASE> directory = StringLiteral()
    { return new ImportDatabase(s.end(this), directory); }
}

<#--
  Every statement. A kind is one line here, one file beside this one, one class in io.skyport.sql.statement.
-->

/** One statement, any number of semicolons, and nothing else. */
SqlNode SqlStmtEof() :
{
    final SqlNode statement;
}
{
    ( <SEMICOLON> )*
    statement = SqlStmt()
    ( <SEMICOLON> )*
    <EOF> { return statement; }
}

SqlNode SqlStmt() :
{
    SqlNode statement;
}
{
    (
        LOOKAHEAD({ atDml() })
        statement = DmlStatement(null)
    |
        LOOKAHEAD({ getToken(1).kind == WITH })
        statement = WithStatement()
    |
        LOOKAHEAD({ atQuery() })
        statement = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        statement = CopyStatement()
    |
        LOOKAHEAD({ atRefusedObject() })
        statement = RefusedObjectStatement()
    |
        statement = CreateStatement()
    |
        LOOKAHEAD({ getToken(1).kind == DROP && atOneOf(2, "SEQUENCE", "INDEX", "TYPE", "MACRO", "FUNCTION",
            "MATERIALIZED", "DATABASE") })
        statement = DropObjectStatement()
    |
        LOOKAHEAD({ getToken(1).kind == ALTER && getToken(2).kind == TABLE })
        statement = AlterTableStatement()
    |
        statement = DropStatement()
    |
        LOOKAHEAD({ getToken(1).kind == ALTER && atOneOf(2, "VIEW", "MATERIALIZED", "SCHEMA", "SEQUENCE", "INDEX",
            "TYPE", "DATABASE") })
        statement = AlterObjectStatement()
    |
        LOOKAHEAD({ atWord("COMMENT") })
        statement = CommentStatement()
    |
        LOOKAHEAD({ atWord("REFRESH") })
        statement = RefreshStatement()
    |
        statement = ExplainStatement()
    |
        statement = ShowStatement()
    |
        LOOKAHEAD({ atWord("INSPECT") })
        statement = InspectStatement()
    |
        LOOKAHEAD({ getToken(1).kind == DESCRIBE || getToken(1).kind == DESC || atWord("SUMMARIZE") })
        statement = DescribeStatement()
    |
        statement = UseStatement()
    |
        statement = SetStatement()
    |
        statement = ResetStatement()
    |
        statement = PrepareStatement()
    |
        statement = ExecuteStatement()
    |
        statement = DeallocateStatement()
    |
        statement = BeginStatement()
    |
        statement = CommitStatement()
    |
        LOOKAHEAD({ getToken(1).kind == ROLLBACK || atWord("ABORT") })
        statement = RollbackStatement()
    |
        statement = SavepointStatement()
    |
        statement = ReleaseStatement()
    |
        statement = AnalyzeStatement()
    |
        LOOKAHEAD({ atWord("VACUUM") })
        statement = VacuumStatement()
    |
        LOOKAHEAD({ atWord("CHECKPOINT") || atWord("FORCE") && atWord(2, "CHECKPOINT") })
        statement = CheckpointStatement()
    |
        statement = CallStatement()
    |
        LOOKAHEAD({ atWord("KILL") })
        statement = KillStatement()
    |
        LOOKAHEAD({ atWord("PRAGMA") })
        statement = PragmaStatement()
    |
        LOOKAHEAD({ atWord("EXPORT") && getToken(2).kind == DATABASE })
        statement = ExportDatabaseStatement()
    |
        LOOKAHEAD({ atWord("IMPORT") && getToken(2).kind == DATABASE })
        statement = ImportDatabaseStatement()
    |
        LOOKAHEAD({ atWord("DECLARE") })
        statement = DeclareStatement()
    |
        LOOKAHEAD({ atWord("FETCH") || atWord("MOVE") })
        statement = FetchStatement()
    |
        LOOKAHEAD({ atWord("CLOSE") })
        statement = CloseStatement()
    |
        LOOKAHEAD({ RefusedStatement.startsWith(getToken(1).image) })
        statement = RefusedStatement()
    )
    { return statement; }
}

/** CREATE [ OR REPLACE ] [ TEMPORARY ] ... */
SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    final boolean temporary;
    final SqlNode create;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    temporary = Temporary()
    (
        create = CreateTableStatement(s, replace, temporary)
    |
        create = CreateExternalTableStatement(s, replace)
    |
        LOOKAHEAD({ atCreatedObject() })
        create = CreateObjectStatement(s, replace, temporary)
    )
    { return create; }
}

/** [ LOCAL | GLOBAL ] { TEMP | TEMPORARY } */
boolean Temporary() :
{
}
{
    [ <LOCAL> | <GLOBAL> ] ( <TEMPORARY> | <TEMP> ) { return true; }
|
    { return false; }
}

boolean IfNotExists() :
{
}
{
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{
}
{
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

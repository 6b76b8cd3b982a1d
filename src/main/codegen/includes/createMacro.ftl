/** { MACRO | FUNCTION } [ IF NOT EXISTS ] name overload, ... */
SqlNode CreateMacroStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    CreateMacro.Overload overload;
    final List<CreateMacro.Overload> overloads = new ArrayList<CreateMacro.Overload>();
}
{
    Word() ifNotExists = IfNotExists() name = CompoundIdentifier()
    overload = MacroOverload() { overloads.add(overload); }
    ( <COMMA> overload = MacroOverload() { overloads.add(overload); } )*
    { return new CreateMacro(s.end(this), replace, temporary, ifNotExists, name, overloads); }
}

/** ( parameter [ type ] [ := default ], ... ) AS { TABLE query | expression } */
CreateMacro.Overload MacroOverload() :
{
    final Span s;
    final List<CreateMacro.Parameter> parameters = new ArrayList<CreateMacro.Parameter>();
    final SqlNode body;
    boolean table = false;
}
{
    <LPAREN> { s = span(); }
    [ MacroParameter(parameters) ( <COMMA> MacroParameter(parameters) )* ]
    <RPAREN> <AS>
    (
        <TABLE> { table = true; } body = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        body = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    { return new CreateMacro.Overload(s.end(this), parameters, table, body); }
}

void MacroParameter(List<CreateMacro.Parameter> parameters) :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type = null;
    SqlNode defaultValue = null;
}
{
    name = SimpleIdentifier()
    [ type = DataType() ]
    [ <NAMED_ARGUMENT_ASSIGNMENT> defaultValue = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    { parameters.add(new CreateMacro.Parameter(name, type, defaultValue)); }
}

/** TYPE [ IF NOT EXISTS ] name AS { ENUM ( 'value', ... ) | ENUM ( query ) | ( field type, ... ) | type } */
SqlNode CreateTypeStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    final List<SqlIdentifier> fields = new ArrayList<SqlIdentifier>();
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
    final SqlDataTypeSpec type;
    final SqlNode query;
    final Span f;
}
{
    <TYPE> ifNotExists = IfNotExists() name = CompoundIdentifier() <AS>
    (
        LOOKAHEAD({ atWord("ENUM") && getToken(2).kind == LPAREN })
        Word() <LPAREN>
        (
            LOOKAHEAD({ atQuery() })
            query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN> {
                return CreateType.ofQuery(s.end(this), replace, temporary, ifNotExists, name, query);
            }
        |
            [ EnumValue(values) ( <COMMA> EnumValue(values) )* ] <RPAREN> {
                return CreateType.ofValues(s.end(this), replace, temporary, ifNotExists, name, values);
            }
        )
    |
        LOOKAHEAD({ getToken(1).kind == LPAREN })
        { f = Span.of(); } TypeFields(fields, types) {
            return CreateType.ofType(s.end(this), replace, temporary, ifNotExists, name,
                EngineTypeNameSpec.fields("STRUCT", fields, types, f.end(this)));
        }
    |
        type = DataType() {
            return CreateType.ofType(s.end(this), replace, temporary, ifNotExists, name, type.getTypeNameSpec());
        }
    )
}

void EnumValue(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    value = StringLiteral() { values.add(value); }
}

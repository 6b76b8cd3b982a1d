<#-- `//` divides integers; to Calcite it starts a comment, silently. -->
<@original><#noparse><SINGLE_LINE_COMMENT: ("//"|"--")</#noparse></@original>
<@replacement><#noparse><SINGLE_LINE_COMMENT: ("--")</#noparse></@replacement>
<#-- Comments nest. What starts like a hint or a formal comment is one too. -->
<@original><#noparse>    < HINT_BEG: "/*+"></#noparse></@original>
<@replacement><#noparse>    < HINT_BEG: "\u0002+"></#noparse></@replacement>
<@original><#noparse>    <"/**" ~["/"]> { pushState(); } : IN_FORMAL_COMMENT</#noparse></@original>
<@replacement><#noparse>    <"\u0002**"> { pushState(); } : IN_FORMAL_COMMENT</#noparse></@replacement>
<@original><#noparse><IN_FORMAL_COMMENT,IN_MULTI_LINE_COMMENT>
MORE :
{
    < ~[] >
}</#noparse></@original>
<@replacement><#noparse><IN_MULTI_LINE_COMMENT>
MORE :
{
    "/*" { pushState(); }
}

<IN_FORMAL_COMMENT,IN_MULTI_LINE_COMMENT>
MORE :
{
    < ~[] >
}</#noparse></@replacement>
<#-- A dollar sign starts a parameter or a quoted text, not a name. -->
<@original><#noparse>    < #LETTER:
    [
        "\u0024",</#noparse></@original>
<@replacement><#noparse>< #LETTER:
    [</#noparse></@replacement>
<#-- Collation names of Calcite's own making would swallow `a.b$c`. -->
<@original><#noparse>    (<LETTER>|<DIGIT>)+ (<LETTER>|<DIGIT>|":"|"."|"-"|"_")*
    "$"
    (<LETTER>|"_")+
    ("$" (<LETTER>|<DIGIT>|"_")+)?</#noparse></@original>
<@replacement><#noparse>"\u0002"</#noparse></@replacement>
<#-- name => value and name := value -->
<@original><#noparse>|   < NAMED_ARGUMENT_ASSIGNMENT: "=>" ></#noparse></@original>
<@replacement><#noparse>|   < NAMED_ARGUMENT_ASSIGNMENT: "=>" | ":=" ></#noparse></@replacement>
<#-- JDBC's escapes are made of a brace and a word: {day: 1} is a struct. -->
<@original><#noparse>|   < LBRACE_D: "{" (" ")* ["d","D"] >
|   < LBRACE_T: "{" (" ")* ["t","T"] >
|   < LBRACE_TS: "{" (" ")* ["t","T"] ["s","S"] >
|   < LBRACE_FN: "{" (" ")* ["f","F"] ["n","N"] ></#noparse></@original>
<@replacement><#noparse>|   < LBRACE_D: "\u0002d" >
|   < LBRACE_T: "\u0002t" >
|   < LBRACE_TS: "\u0002s" >
|   < LBRACE_FN: "\u0002f" ></#noparse></@replacement>
<#-- 1_000, 0xFF, 0o17, 0b1 -->
<@original><#noparse>    < UNSIGNED_INTEGER_LITERAL: (["0"-"9"])+ ></#noparse></@original>
<@replacement><#noparse>    < UNSIGNED_INTEGER_LITERAL: <DIGITS> >
|
    < #DIGITS: (["0"-"9"])+ ("_" (["0"-"9"])+)* >
|
    < RADIX_LITERAL: "0" ["x","X"] ("_")? <HEXDIGIT> (<HEXDIGIT>|"_")*
    | "0" ["o","O"] ("_")? ["0"-"7"] (["0"-"7","_"])*
    | "0" ["b","B"] ("_")? ["0","1"] (["0","1","_"])* ></#noparse></@replacement>
<@original><#noparse>    (["0"-"9"])+(".")?(["0"-"9"])*
    | "."(["0"-"9"])+</#noparse></@original>
<@replacement><#noparse>    <DIGITS> (".")? (<DIGITS>)?
    | "." <DIGITS></#noparse></@replacement>
<#-- A name in quotes may have any character, the end of a line too. -->
<@original><#noparse>        (~["\"","\n","\r"])</#noparse></@original>
<@replacement><#noparse>        (~["\""])</#noparse></@replacement>

using System.Text;

namespace Engines.GraphQL.Language;

/// <summary>Syntax tree to text. What it writes parses to an equal tree, which it writes as the same text.</summary>
public sealed partial class SyntaxPrinter
{
    private readonly StringBuilder _out = new();
    private int _indent;

    private SyntaxPrinter()
    {
    }

    public static string Print(SyntaxNode node)
    {
        var printer = new SyntaxPrinter();
        printer.Write(node);
        return printer._out.ToString();
    }

    private void Write(SyntaxNode node)
    {
        switch (node)
        {
            case DocumentNode document:
                for (var i = 0; i < document.Definitions.Count; i++)
                {
                    if (i > 0) _out.Append("\n\n");
                    Write(document.Definitions[i]);
                }
                _out.Append('\n');
                break;
            case OperationDefinitionNode operation: WriteOperation(operation); break;
            case FragmentDefinitionNode fragment:
                Description(fragment.Description);
                _out.Append("fragment ").Append(fragment.Name).Append(" on ").Append(fragment.TypeCondition.Name);
                Directives(fragment.Directives);
                SelectionSet(fragment.SelectionSet);
                break;
            case VariableDefinitionNode variable: WriteVariable(variable); break;
            case SelectionSetNode set: Block(set.Selections); break;
            case FieldNode field: WriteField(field); break;
            case FragmentSpreadNode spread:
                _out.Append("...").Append(spread.Name);
                Directives(spread.Directives);
                break;
            case InlineFragmentNode inline:
                _out.Append("...");
                if (inline.TypeCondition is { } condition) _out.Append(" on ").Append(condition.Name);
                Directives(inline.Directives);
                SelectionSet(inline.SelectionSet);
                break;
            case ArgumentNode argument: Named(argument.Name, argument.Value); break;
            case DirectiveNode directive:
                _out.Append('@').Append(directive.Name);
                List("(", directive.Arguments, ")");
                break;
            case NamedTypeNode named: _out.Append(named.Name); break;
            case ListTypeNode list: List("[", [list.ItemType], "]"); break;
            case NonNullTypeNode nonNull:
                Write(nonNull.InnerType);
                _out.Append('!');
                break;
            case ObjectFieldNode field: Named(field.Name, field.Value); break;
            case ValueNode value: WriteValue(value); break;
            default: WriteTypeSystem(node); break;
        }
    }

    private void WriteOperation(OperationDefinitionNode operation)
    {
        Description(operation.Description);
        var shorthand = operation is { Operation: OperationType.Query, Name: null, Variables: [], Directives: [], Description: null };
        if (shorthand)
        {
            Block(operation.SelectionSet.Selections);
            return;
        }
        _out.Append(operation.Operation switch { OperationType.Query => "query", OperationType.Mutation => "mutation", _ => "subscription" });
        if (operation.Name is not null) _out.Append(' ').Append(operation.Name);
        else if (operation.Variables.Count > 0) _out.Append(' ');
        if (operation.Variables.Any(v => v.Description is not null)) Lines("(", operation.Variables, ")");
        else List("(", operation.Variables, ")");
        Directives(operation.Directives);
        SelectionSet(operation.SelectionSet);
    }

    private void WriteVariable(VariableDefinitionNode variable)
    {
        Description(variable.Description);
        _out.Append('$').Append(variable.Variable.Name).Append(": ");
        Write(variable.Type);
        DefaultValue(variable.DefaultValue);
        Directives(variable.Directives);
    }

    private void WriteField(FieldNode field)
    {
        if (field.Alias is not null) _out.Append(field.Alias).Append(": ");
        _out.Append(field.Name);
        List("(", field.Arguments, ")");
        Directives(field.Directives);
        if (field.SelectionSet is not null) SelectionSet(field.SelectionSet);
    }

    private void Named(string name, ValueNode value)
    {
        _out.Append(name).Append(": ");
        Write(value);
    }

    private void DefaultValue(ValueNode? value)
    {
        if (value is null) return;
        _out.Append(" = ");
        Write(value);
    }

    private void Directives(IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            _out.Append(' ');
            Write(directive);
        }
    }

    private void SelectionSet(SelectionSetNode set)
    {
        _out.Append(' ');
        Block(set.Selections);
    }

    private void Block(IReadOnlyList<SyntaxNode> nodes) => Lines("{", nodes, "}");

    /// <summary>Nodes on one line, separated by commas; nothing when there are none.</summary>
    private void List(string open, IReadOnlyList<SyntaxNode> nodes, string close)
    {
        if (nodes.Count == 0) return;
        _out.Append(open);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0) _out.Append(", ");
            Write(nodes[i]);
        }
        _out.Append(close);
    }

    /// <summary>Nodes on a line each, indented; nothing when there are none.</summary>
    private void Lines(string open, IReadOnlyList<SyntaxNode> nodes, string close)
    {
        if (nodes.Count == 0) return;
        _out.Append(open);
        _indent++;
        foreach (var node in nodes)
        {
            NewLine();
            Write(node);
        }
        _indent--;
        NewLine();
        _out.Append(close);
    }

    private void NewLine() => _out.Append('\n').Append(' ', _indent * 2);

    private void Description(StringValueNode? description)
    {
        if (description is null) return;
        WriteValue(description);
        NewLine();
    }
}

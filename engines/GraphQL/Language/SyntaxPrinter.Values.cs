using System.Globalization;

namespace Engines.GraphQL.Language;

public sealed partial class SyntaxPrinter
{
    private void WriteValue(ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable: _out.Append('$').Append(variable.Name); break;
            case IntValueNode number: _out.Append(number.Text); break;
            case FloatValueNode number: _out.Append(number.Text); break;
            case StringValueNode { Block: true } text when BlockString.CanHold(text.Value): WriteBlockString(text.Value); break;
            case StringValueNode text: WriteString(text.Value); break;
            case BooleanValueNode truth: _out.Append(truth.Value ? "true" : "false"); break;
            case NullValueNode: _out.Append("null"); break;
            case EnumValueNode name: _out.Append(name.Name); break;
            case ListValueNode { Items: [] }: _out.Append("[]"); break;
            case ListValueNode list: List("[", list.Items, "]"); break;
            case ObjectValueNode { Fields: [] }: _out.Append("{}"); break;
            case ObjectValueNode fields: List("{ ", fields.Fields, " }"); break;
        }
    }

    private void WriteString(string value)
    {
        _out.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': _out.Append("\\\""); break;
                case '\\': _out.Append("\\\\"); break;
                case '\b': _out.Append("\\b"); break;
                case '\f': _out.Append("\\f"); break;
                case '\n': _out.Append("\\n"); break;
                case '\r': _out.Append("\\r"); break;
                case '\t': _out.Append("\\t"); break;
                case < ' ' or (>= '\u007F' and <= '\u009F'): _out.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"); break;
                default: _out.Append(c); break;
            }
        }
        _out.Append('"');
    }

    private void WriteBlockString(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        _out.Append("\"\"\"");
        if (value.Contains('\n') || value.EndsWith('"') || value.EndsWith('\\'))
        {
            foreach (var line in escaped.Split('\n'))
            {
                if (line.Length == 0) _out.Append('\n');
                else
                {
                    NewLine();
                    _out.Append(line);
                }
            }
            NewLine();
        }
        else
        {
            _out.Append(escaped);
        }
        _out.Append("\"\"\"");
    }
}

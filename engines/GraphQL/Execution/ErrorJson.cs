using System.Collections;
using System.Globalization;

namespace Engines.GraphQL.Execution;

/// <summary>Errors as the answer shows them.</summary>
internal static class ErrorJson
{
    private const int LongestMessage = 1_000;

    /// <summary><c>,"extensions":{"cost":{…}}</c>, in the words of the error that refuses what costs too much.</summary>
    public static void WriteCost(double requested, double maximum, JsonOutput output)
    {
        output.Raw(",\"extensions\":{\"cost\":{\"requested\":"u8);
        output.Number(requested);
        output.Raw(",\"maximum\":"u8);
        output.Number(maximum);
        output.Raw("}}"u8);
    }

    /// <summary>A whole answer without data.</summary>
    public static void WriteRefusal(IReadOnlyList<GraphQLError> errors, JsonOutput output)
    {
        output.Raw("{\"errors\":"u8);
        WriteList(errors, output);
        output.Raw((byte)'}');
    }

    private static void WriteList(IReadOnlyList<GraphQLError> errors, JsonOutput output)
    {
        output.Raw((byte)'[');
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0) output.Raw((byte)',');
            Write(errors[i], output);
        }
        output.Raw((byte)']');
    }

    public static void Write(GraphQLError error, JsonOutput output)
    {
        output.Raw("{\"message\":"u8);
        // Some repeat what the client sent.
        output.String(error.Message.Length <= LongestMessage ? error.Message : error.Message[..LongestMessage] + "…");
        if (error.Locations is { Count: > 0 } locations)
        {
            output.Raw(",\"locations\":["u8);
            for (var i = 0; i < locations.Count; i++)
            {
                output.Raw(i > 0 ? ",{\"line\":"u8 : "{\"line\":"u8);
                output.Number(locations[i].Line);
                output.Raw(",\"column\":"u8);
                output.Number(locations[i].Column);
                output.Raw((byte)'}');
            }
            output.Raw((byte)']');
        }
        if (error.Path is { } path)
        {
            output.Raw(",\"path\":"u8);
            Value(path, output);
        }
        output.Raw(",\"extensions\":{\"code\":"u8);
        output.String(error.Code);
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>())
        {
            output.Raw((byte)',');
            output.Name(JsonOutput.EncodeName(name));
            Value(value, output);
        }
        output.Raw("}}"u8);
    }

    private static void Value(object? value, JsonOutput output)
    {
        switch (value)
        {
            case null: output.Null(); break;
            case bool truth: output.Boolean(truth); break;
            case int number: output.Number(number); break;
            case long number: output.Number(number); break;
            case decimal number: output.Number(number); break;
            case double number when double.IsFinite(number): output.Number(number); break;
            case string text: output.String(text); break;
            case IReadOnlyDictionary<string, object?> fields: Object(fields, output); break;
            case IEnumerable items: Array(items, output); break;
            default: output.String(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void Object(IReadOnlyDictionary<string, object?> fields, JsonOutput output)
    {
        output.Raw((byte)'{');
        var any = false;
        foreach (var (name, value) in fields)
        {
            if (any) output.Raw((byte)',');
            any = true;
            output.Name(JsonOutput.EncodeName(name));
            Value(value, output);
        }
        output.Raw((byte)'}');
    }

    private static void Array(IEnumerable items, JsonOutput output)
    {
        output.Raw((byte)'[');
        var any = false;
        foreach (var item in items)
        {
            if (any) output.Raw((byte)',');
            any = true;
            Value(item, output);
        }
        output.Raw((byte)']');
    }
}

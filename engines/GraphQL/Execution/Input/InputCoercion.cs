using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Input;

/// <summary>
/// The spec's input coercion: literals and JSON to what resolvers see. It keeps the path that it is at, which stays where it was when a value
/// is refused, so that the error can name it.
/// </summary>
internal sealed class InputCoercion(IReadOnlyDictionary<string, object?> variables, IReadOnlyDictionary<string, UploadedFile>? files = null)
{
    public static readonly IReadOnlyDictionary<string, object?> NoVariables = new Dictionary<string, object?>();

    private static readonly object Absent = new();
    private static readonly ConditionalWeakTable<InputValue, StrongBox<object?>> Defaults = [];
    private readonly List<object> _path = [];

    /// <summary>The coerced arguments of a field, or null and the error, which lacks its location.</summary>
    public static InputFields? Arguments(FieldDefinition definition, IReadOnlyList<ArgumentNode> given, IReadOnlyDictionary<string, object?> variables, out GraphQLError? error)
    {
        error = null;
        var arguments = new InputFields();
        if (definition.Arguments.Count == 0) return arguments;
        var coercion = new InputCoercion(variables);
        try
        {
            foreach (var argument in definition.Arguments)
            {
                coercion._path.Add(argument.Name);
                coercion.Take(arguments, argument, Find(given, argument.Name));
                coercion._path.Clear();
            }
            return arguments;
        }
        catch (InvalidValueException e)
        {
            error = new GraphQLError($"Argument \"{coercion.Path()}\": {e.Message}", ErrorCodes.BadUserInput);
        }
        catch (GraphQLException e)
        {
            error = e.Error;
        }
        return null;
    }

    /// <summary>A variable's value from JSON.</summary>
    /// <exception cref="InvalidValueException">It is none; <see cref="Path"/> says where.</exception>
    public object? Variable(string name, GraphQLType type, JsonElement json)
    {
        _path.Clear();
        _path.Add(name);
        return FromJson(type, json);
    }

    /// <summary>A constant, such as a variable's default.</summary>
    /// <exception cref="InvalidValueException">It is no such value.</exception>
    public object? Constant(string name, GraphQLType type, ValueNode literal)
    {
        _path.Clear();
        _path.Add(name);
        return FromLiteral(type, literal);
    }

    /// <summary>Where the coercion is, or stopped: <c>input.lines[0].quantity</c>.</summary>
    public string Path()
    {
        var text = new StringBuilder();
        foreach (var step in _path)
        {
            if (step is int index) text.Append('[').Append(index).Append(']');
            else text.Append(text.Length == 0 ? "" : ".").Append(step);
        }
        return text.ToString();
    }

    /// <summary>How long a list in JSON may be.</summary>
    public int MaxListItems { get; init; } = int.MaxValue;

    /// <summary>Whether the coercion stopped inside a value rather than at it.</summary>
    public bool IsInside => _path.Count > 1;

    private void Take(InputFields into, InputValue input, ValueNode? literal)
    {
        var value = literal is null ? Absent : FromLiteral(input.Type, literal);
        if (ReferenceEquals(value, Absent))
        {
            if (input.DefaultValue is not null) into[input.Name] = Default(input);
            else if (input.IsRequired) throw Required(input.Type);
            return;
        }
        into[input.Name] = Converted(input, value);
    }

    private object? FromLiteral(GraphQLType type, ValueNode literal)
    {
        if (literal is VariableNode variable)
        {
            if (!variables.TryGetValue(variable.Name, out var value)) return Absent;
            return value is null && type.IsNonNull ? throw NotNull(type) : value;
        }
        if (literal is NullValueNode) return type.IsNonNull ? throw NotNull(type) : null;
        switch (type.Nullable)
        {
            case ListType list:
                if (literal is not ListValueNode many) return new[] { FromLiteral(list.Item, literal) };
                var items = new object?[many.Items.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    _path.Add(i);
                    items[i] = FromLiteral(list.Item, many.Items[i]);
                    if (ReferenceEquals(items[i], Absent)) items[i] = list.Item.IsNonNull ? throw NotNull(list.Item) : null;
                    _path.RemoveAt(_path.Count - 1);
                }
                return items;
            case InputObjectType input:
                return literal is ObjectValueNode fields ? FromLiteral(input, fields) : throw Expected(type);
            case EnumType leaf:
                return literal is EnumValueNode name ? Named(leaf, name.Name) : throw Expected(type);
            case ScalarType scalar:
                return scalar.ParseLiteral(VariableLiterals.Filled(literal, variables));
            default:
                throw Expected(type);
        }
    }

    private object FromLiteral(InputObjectType type, ObjectValueNode literal)
    {
        foreach (var given in literal.Fields)
            if (type.Find(given.Name) is null) throw Unknown(type, given.Name);
        var fields = new InputFields();
        foreach (var field in type.Fields)
        {
            _path.Add(field.Name);
            Take(fields, field, Find(literal.Fields, field.Name));
            _path.RemoveAt(_path.Count - 1);
        }
        return Materialized(type, fields);
    }

    /// <summary>How many places of files were of a type that takes them.</summary>
    public int FilesTaken { get; private set; }

    /// <summary>Whether a file belongs at a place.</summary>
    public bool HasFile(string path) => files?.ContainsKey(path) == true;

    // Their places are null in the JSON.
    private object? File(GraphQLType type, JsonElement json)
    {
        if (files is null || json.ValueKind is not JsonValueKind.Null) return null;
        if (type.Nullable is ListType list) return File(list.Item, json) is { } item ? new[] { item } : null;
        if (type.Nullable is not UploadScalar || !files.TryGetValue(Path(), out var file)) return null;
        FilesTaken++;
        return file;
    }

    private object? FromJson(GraphQLType type, JsonElement json)
    {
        if (File(type, json) is { } file) return file;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return type.IsNonNull ? throw NotNull(type) : null;
        switch (type.Nullable)
        {
            case ListType list:
                if (json.ValueKind != JsonValueKind.Array) return new[] { FromJson(list.Item, json) };
                if (json.GetArrayLength() > MaxListItems) throw new InvalidValueException($"A list may have at most {MaxListItems} items.");
                var items = new object?[json.GetArrayLength()];
                var next = 0;
                foreach (var item in json.EnumerateArray())
                {
                    _path.Add(next);
                    items[next++] = FromJson(list.Item, item);
                    _path.RemoveAt(_path.Count - 1);
                }
                return items;
            case InputObjectType input:
                return json.ValueKind == JsonValueKind.Object ? FromJson(input, json) : throw Expected(type);
            case EnumType leaf:
                return json.ValueKind == JsonValueKind.String ? Named(leaf, Shown.Text(json)) : throw Expected(type);
            case ScalarType scalar:
                return scalar.ParseValue(json);
            default:
                throw Expected(type);
        }
    }

    private object FromJson(InputObjectType type, JsonElement json)
    {
        foreach (var given in json.EnumerateObject())
            if (Shown.Name(given) is var name && type.Find(name) is null) throw Unknown(type, name);
        var fields = new InputFields();
        foreach (var field in type.Fields)
        {
            _path.Add(field.Name);
            if (json.TryGetProperty(field.Name, out var value)) fields[field.Name] = Converted(field, FromJson(field.Type, value));
            else Take(fields, field, null);
            _path.RemoveAt(_path.Count - 1);
        }
        return Materialized(type, fields);
    }

    private static object Materialized(InputObjectType type, InputFields fields)
    {
        if (type.IsOneOf && (fields.Count != 1 || fields.Values.First() is null))
            throw new InvalidValueException($"Exactly one field of \"{type.Name}\" must be given, and not null.");
        return type.Materialize is { } materialize ? materialize(fields) : fields;
    }

    private object? Default(InputValue input) =>
        Defaults.TryGetValue(input, out var known) ? known.Value : Defaults.GetValue(input, i => new(Converted(i, FromLiteral(i.Type, i.DefaultValue!)))).Value;

    private static object? Converted(InputValue input, object? value) => value is not null && input.Convert is { } convert ? convert(value) : value;

    private static object Named(EnumType type, string name) =>
        type.Find(name)?.Value ?? throw new InvalidValueException($"Value \"{Shortened(name)}\" does not exist in \"{type.Name}\" enum.");

    private static InvalidValueException NotNull(GraphQLType type) => new($"Expected value of non-null type \"{type}\" not to be null.");
    private static InvalidValueException Required(GraphQLType type) => new($"Expected value of required type \"{type}\" to be provided.");
    private static InvalidValueException Expected(GraphQLType type) => new($"Expected value of type \"{type.Nullable}\".");
    private static InvalidValueException Unknown(InputObjectType type, string name) => new($"Field \"{Shortened(name)}\" is not defined by type \"{type.Name}\".");
    private static string Shortened(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private static ValueNode? Find(IReadOnlyList<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
            if (argument.Name == name) return argument.Value;
        return null;
    }

    private static ValueNode? Find(IReadOnlyList<ObjectFieldNode> fields, string name)
    {
        foreach (var field in fields)
            if (field.Name == name) return field.Value;
        return null;
    }
}

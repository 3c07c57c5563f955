using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Engines.GraphQL.Binding;

/// <summary>Descriptions out of the XML documentation that the compiler writes beside an assembly.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = [];
    private readonly HashSet<Assembly> _loaded = [];

    public void Load(string path)
    {
        foreach (var member in XDocument.Load(path).Descendants("member"))
            if (member.Attribute("name")?.Value is { } name) _members.TryAdd(name, member);
    }

    public string? Of(Type type) => Described(type) ?? Text(Find(type.Assembly, $"T:{Id(Definition(type))}")?.Element("summary"));

    public string? Of(FieldInfo member) => Described(member) ?? Text(Find(member.DeclaringType!.Assembly, $"F:{Id(member.DeclaringType)}.{member.Name}")?.Element("summary"));

    /// <summary>A property's own summary, or what a primary constructor's <c>param</c> of that name says, or what it overrides.</summary>
    public string? Of(PropertyInfo property)
    {
        if (Described(property) is { } given) return given;
        var owner = Definition(property.DeclaringType!);
        if (Text(Find(owner.Assembly, $"P:{Id(owner)}.{property.Name}")?.Element("summary")) is { } own) return own;
        var parameters = Find(owner.Assembly, $"T:{Id(owner)}")?.Elements("param") ?? [];
        if (Text(parameters.FirstOrDefault(p => string.Equals(p.Attribute("name")?.Value, property.Name, StringComparison.OrdinalIgnoreCase))) is { } parameter) return parameter;
        foreach (var inherited in owner.GetInterfaces().Append(owner.BaseType))
            if (inherited?.GetProperty(property.Name) is { } above && Of(above) is { } text) return text;
        return null;
    }

    public string? Of(MethodInfo method) => Described(method) ?? Text(Member(method)?.Element("summary"));

    public string? Of(ParameterInfo parameter)
    {
        if (Described(parameter) is { } given) return given;
        if (parameter.Member is ConstructorInfo { DeclaringType: { } record })
            return Param(Find(record.Assembly, $"T:{Id(Definition(record))}"), parameter.Name!)
                ?? (record.GetProperty(parameter.Name!, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance) is { } property ? Of(property) : null);
        return parameter.Member is MethodInfo method ? Param(Member(method), parameter.Name!) : null;
    }

    private static string? Described(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(GraphQLDescriptionAttribute), true) is [GraphQLDescriptionAttribute given, ..] ? given.Description : null;

    private static string? Param(XElement? member, string name) =>
        Text(member?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));

    private XElement? Member(MethodInfo method)
    {
        var owner = Definition(method.DeclaringType!);
        var parameters = method.GetParameters();
        var id = $"M:{Id(owner)}.{method.Name}";
        return Find(owner.Assembly, parameters.Length == 0 ? id : $"{id}({string.Join(',', parameters.Select(p => Id(p.ParameterType)))})");
    }

    private XElement? Find(Assembly assembly, string id)
    {
        if (_loaded.Add(assembly) && assembly.Location is { Length: > 0 } location && Path.ChangeExtension(location, ".xml") is var xml && File.Exists(xml)) Load(xml);
        return _members.GetValueOrDefault(id);
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>A type as documentation ids spell it.</summary>
    private static string Id(Type type)
    {
        if (type.IsArray) return Id(type.GetElementType()!) + "[]";
        if (type.IsByRef) return Id(type.GetElementType()!) + "@";
        if (type.IsGenericParameter) return "`" + type.GenericParameterPosition;
        var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
        if (!type.IsGenericType || type.IsGenericTypeDefinition) return name;
        return ArityMark().Replace(name, "") + "{" + string.Join(',', type.GetGenericArguments().Select(Id)) + "}";
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "para" or "br" } para) text.Append(' ').Append(Text(para)).Append(' ');
            else if (node is XElement inner) text.Append(inner.Value.Length > 0 ? Text(inner) : Reference(inner));
        }
        var clean = Blanks().Replace(text.ToString(), " ").Trim();
        return clean.Length == 0 ? null : clean;
    }

    private static string Reference(XElement element)
    {
        if (element.Attribute("langword")?.Value is { } word) return word;
        if (element.Attribute("name")?.Value is { } name) return name;
        var cref = element.Attribute("cref")?.Value ?? "";
        var parenthesis = cref.IndexOf('(', StringComparison.Ordinal);
        if (parenthesis > 0) cref = cref[..parenthesis];
        var last = ArityMark().Replace(cref[(cref.LastIndexOf('.') + 1)..], "");
        return cref.StartsWith("P:", StringComparison.Ordinal) ? Naming.Camel(last) : cref.StartsWith("F:", StringComparison.Ordinal) ? Naming.UpperSnake(last) : last;
    }

    [GeneratedRegex("`\\d+")]
    private static partial Regex ArityMark();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}

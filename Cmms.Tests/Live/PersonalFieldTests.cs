using System.Reflection;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>What could know who asks is never shared between people, and nobody has to remember to say so.</summary>
public sealed class PersonalFieldTests
{
    private static readonly HashSet<Type> s_impersonal = [typeof(CmmsDb), typeof(CancellationToken), typeof(Cmms.Domain.Instant)];

    [Fact]
    public void Every_field_that_takes_anything_of_the_request_but_the_database_and_the_time_is_personal()
    {
        var schema = Schema();
        var personal = new List<string>();
        foreach (var type in typeof(CmmsSchema).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<ObjectTypeAttribute>() is not { } marked || schema.Types.GetValueOrDefault(marked.Name ?? marked.ClrType.Name) is not ObjectType shown) continue;
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                if (shown.Fields.FirstOrDefault(f => string.Equals(f.Name, method.Name, StringComparison.OrdinalIgnoreCase)) is not { Resolver: BatchResolver } field) continue;
                var isPersonal = method.GetParameters().Where(p => field.FindArgument(p.Name!) is null && !s_impersonal.Contains(p.ParameterType)).Skip(1).Any(); // the parents come first
                Assert.Equal(!isPersonal, field.IsImpersonal);
                if (isPersonal) personal.Add($"{shown.Name}.{field.Name}");
            }
        }
        Assert.Contains("WorkOrder.viewerCanStart", personal);
        Assert.Contains("EventMessage.subject", personal); // it may be of those that only their own person sees
    }

    [Fact]
    public void What_messages_are_made_of_for_the_most_part_is_shared()
    {
        var schema = Schema();
        foreach (var (type, field) in ((string, string)[])[("WorkOrderMessage", "workOrder"), ("AssetMessage", "asset"), ("Event", "actor"), ("WorkOrder", "asset"), ("WorkOrder", "technicians"), ("Asset", "name")])
            Assert.True(((ObjectType)schema.Types[type]).Find(field)!.IsImpersonal, $"{type}.{field}");
    }

    [Fact]
    public void Guards_say_of_themselves_whether_they_look_at_the_person()
    {
        var guards = Schema().Types.Values.OfType<ObjectType>().SelectMany(t => t.Fields).SelectMany(f => f.Guards).ToList();
        Assert.NotEmpty(guards);
        Assert.All(guards, g => Assert.True(g.IsImpersonal, g.GetType().Name));
    }

    private static Schema Schema()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        return CmmsSchema.Build(factory.Model);
    }
}

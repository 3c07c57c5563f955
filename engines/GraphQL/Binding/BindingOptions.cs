using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Binding;

/// <summary>What the host tells the binding: where parameters come from, how its values look, how its errors speak.</summary>
public sealed class BindingOptions
{
    internal Dictionary<Type, Delegate> Parameters { get; } = [];
    internal HashSet<Type> Impersonal { get; } = [];
    internal List<Action<TypeRegistry>> Leaves { get; } = [];
    internal List<(ScalarType Scalar, Type[] ClrTypes)> Scalars { get; } = [];
    internal List<string> Documentation { get; } = [];
    internal List<Type> CommonErrors { get; } = [];
    internal Dictionary<Type, NodeLoader> NodeLoaders { get; } = [];
    internal Func<BatchContext, ValueTask<DbLease>>? Lease { get; private set; }
    internal Type? ContextType { get; private set; }
    internal Func<Exception, string?> CodeOf { get; private set; } = _ => null;
    internal Func<Exception, string?> FieldOf { get; private set; } = _ => null;
    internal Func<Exception, IEnumerable<Exception>?> SeveralOf { get; private set; } = _ => null;

    /// <summary>Properties that no object type shows, whatever its class says.</summary>
    public Func<System.Reflection.PropertyInfo, bool> Hidden { get; set; } = _ => false;

    /// <summary>Guards every root field that is not marked <see cref="AllowAnonymousAttribute"/>.</summary>
    public FieldGuard? DefaultGuard { get; set; }

    /// <summary>The column that holds a text property folded for search and order; null: it cannot be searched.</summary>
    public Func<IProperty, IProperty?> FoldedOf { get; set; } = _ => null;

    /// <summary>Strips what search and order shall not see, such as case and accents.</summary>
    public Func<string, string> Fold { get; set; } = text => text;

    /// <summary>Parameters of this type are not arguments: their value comes from the request.</summary>
    /// <param name="impersonal">It tells nothing of who asks: what is computed of it may be shared by callers of equal rights.</param>
    public BindingOptions Parameter<T>(Func<RequestContext, T> value, bool impersonal = false)
    {
        Parameters[typeof(T)] = value;
        if (impersonal) Impersonal.Add(typeof(T));
        return this;
    }

    /// <summary>
    /// Lends the context for one call of one field, whether a method takes it as a parameter or a relation is read on it. An owned lease is given back when the call is done.
    /// What it shows depends on nothing but the rights by which the host shares answers (<see cref="SharingKeys"/>).
    /// </summary>
    public BindingOptions DbContext<TContext>(Func<BatchContext, ValueTask<DbLease>> lease) where TContext : DbContext
    {
        (ContextType, Lease) = (typeof(TContext), lease);
        return this;
    }

    /// <summary>A scalar, and the C# types that are shown as it without conversion.</summary>
    public BindingOptions AddScalar(ScalarType scalar, params Type[] clrTypes)
    {
        Scalars.Add((scalar, clrTypes));
        return this;
    }

    /// <summary>
    /// Shows a C# type as a scalar that parses and writes <typeparamref name="TWire"/>. What <paramref name="fromWire"/> throws is the client's error: a
    /// declared one of the mutation, or else <c>BAD_USER_INPUT</c>.
    /// </summary>
    public BindingOptions MapLeaf<TClr, TWire>(string scalar, Func<TClr, TWire> toWire, Func<TWire, TClr> fromWire) where TClr : notnull where TWire : notnull
    {
        Leaves.Add(types => types.Map(scalar, toWire, fromWire));
        return this;
    }

    /// <summary>The stable code of an exception, for typed errors; null: made of its class name.</summary>
    public BindingOptions ErrorCode(Func<Exception, string?> code)
    {
        CodeOf = code;
        return this;
    }

    /// <summary>
    /// The input at fault as the exception names it: a C# expression or dotted path such as <c>patch.UnitCost</c> or <c>lines[2].partId</c>; empty: none.
    /// Null marks an exception whose message is not meant for clients.
    /// </summary>
    public BindingOptions ErrorField(Func<Exception, string?> path)
    {
        FieldOf = path;
        return this;
    }

    /// <summary>The errors inside an exception that stands for several.</summary>
    public BindingOptions ErrorsOf(Func<Exception, IEnumerable<Exception>?> several)
    {
        SeveralOf = several;
        return this;
    }

    /// <summary>An error that every mutation can give.</summary>
    public BindingOptions CommonError<T>() where T : Exception
    {
        CommonErrors.Add(typeof(T));
        return this;
    }

    /// <summary>XML documentation that is not beside its assembly.</summary>
    public BindingOptions XmlDocumentation(string path)
    {
        Documentation.Add(path);
        return this;
    }

    /// <summary>How objects of a type are found by their keys, for <c>node</c> and <c>nodes</c>; entities of the model need none. What is missing in the answer is null.</summary>
    public BindingOptions NodeResolver<T, TKey>(Func<BatchContext, IReadOnlyList<TKey>, Task<Dictionary<TKey, T>>> load) where T : class where TKey : notnull
    {
        NodeLoaders[typeof(T)] = NodeLoader.Of(load);
        return this;
    }
}

using System.Linq.Expressions;
using System.Reflection;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Data;

/// <summary>Makes predicates of <c>where</c> and <c>search</c>. Their values are closure members: the same conditions with other values are the same query.</summary>
internal sealed class FilterCompiler(EntityShapes shapes, DataConventions conventions)
{
    /// <summary>More would be a heavy query, and SQLite nests expressions 1,000 deep at most.</summary>
    public const int MostConditions = 200;
    /// <summary>Each is a join, of which SQLite takes 64 with those of the order.</summary>
    public const int MostReferences = 20;
    /// <summary>Values of one list.</summary>
    public const int MostValues = 1000;
    /// <summary>Lists within lists: each level multiplies the rows that the database may have to look at.</summary>
    public const int DeepestList = 4;

    private static readonly MethodInfo EnumerableAny = Method(new Func<IEnumerable<int>, bool>(Enumerable.Any));
    private static readonly MethodInfo EnumerableAnySuch = Method(new Func<IEnumerable<int>, Func<int, bool>, bool>(Enumerable.Any));

    /// <exception cref="GraphQLException">A value or the number of conditions is refused, or a field that the caller may not read.</exception>
    public Expression<Func<T, bool>>? Where<T>(InputFields? where, RequestContext caller)
    {
        if (where is not { Count: > 0 }) return null;
        var entity = Expression.Parameter(typeof(T), "e");
        return Expression.Lambda<Func<T, bool>>(new Walk(shapes, conventions, caller).All(shapes.Of(typeof(T)), entity, where, "where"), entity);
    }

    /// <summary>Every word must be found in one of the properties that the caller may read.</summary>
    public Expression<Func<T, bool>>? Search<T>(string? text, IReadOnlyList<SearchPath> searched, RequestContext caller)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        Text.Check(text, "search");
        var entity = Expression.Parameter(typeof(T), "e");
        // The last part keeps the rest, so that the shapes of this query are few.
        var words = conventions.Fold(text).Split((char[]?)null, 8, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return null;
        var paths = searched.Where(s => s.MayRead(caller)).Select(s => s.Column).ToList();
        if (paths.Count == 0) return Expression.Lambda<Func<T, bool>>(Expression.Constant(false), entity);
        var found = words.Select(word => Compare.Join([.. paths.Select(p => Operators.Textual("contains", p.On(entity), p.MayBeNull, word))], Expression.OrElse));
        return Expression.Lambda<Func<T, bool>>(Compare.Join([.. found], Expression.AndAlso), entity);
    }

    private static MethodInfo Method(Delegate of) => of.Method.GetGenericMethodDefinition();

    private sealed class Walk(EntityShapes shapes, DataConventions conventions, RequestContext caller)
    {
        private int _conditions;
        private int _references;
        private int _nesting;

        public Expression All(EntityShape shape, Expression entity, InputFields fields, string path) =>
            fields.Count == 0 ? True : Compare.Join([.. fields.Select(f => One(shape, entity, f.Key, f.Value, $"{path}.{f.Key}"))], Expression.AndAlso);

        private Expression One(EntityShape shape, Expression entity, string name, object? value, string path)
        {
            if (name is "and" or "or") return Logical(name, shape, entity, value as IReadOnlyList<object?> ?? [], path);
            return shape.Find(name, caller) switch
            {
                LeafMember leaf => Leaf(shape, leaf, entity, value as InputFields, path),
                ReferenceMember reference => Reference(reference, entity, value as InputFields, path),
                CollectionMember collection => Collection(collection, entity, value as InputFields ?? [], path),
                _ => throw new InvalidOperationException(),
            };
        }

        private Expression Logical(string name, EntityShape shape, Expression entity, IReadOnlyList<object?> parts, string path)
        {
            if (parts.Count == 0) return True;
            var conditions = parts.Select((part, i) => All(shape, entity, (InputFields)part!, $"{path}[{i}]")).ToList();
            return Compare.Join(conditions, name is "and" ? Expression.AndAlso : Expression.OrElse);
        }

        private Expression Reference(ReferenceMember reference, Expression entity, InputFields? fields, string path)
        {
            Count(path);
            if (++_references > MostReferences) throw new GraphQLException($"{path}: more than {MostReferences} references.", ErrorCodes.BadUserInput);
            var target = reference.Navigation.On(entity);
            if (fields is null) return Compare.IsNull(target);
            var such = All(shapes.Of(reference.Target), target, fields, path);
            return reference.Navigation.MayBeAbsent ? Expression.AndAlso(Compare.IsNotNull(target), such) : such;
        }

        private Expression Collection(CollectionMember collection, Expression entity, InputFields fields, string path)
        {
            var items = collection.Navigation.On(entity);
            if (_nesting == DeepestList) throw new GraphQLException($"{path}: lists more than {DeepestList} levels deep.", ErrorCodes.BadUserInput);
            return fields.Count == 0 ? True : Compare.Join([.. fields.Select(f => Quantified(f.Key, f.Value, $"{path}.{f.Key}"))], Expression.AndAlso);

            Expression Quantified(string name, object? value, string at)
            {
                Count(at);
                if (name is "any") return value is false ? Expression.Not(Any(null)) : value is true ? Any(null) : True;
                if (value is not InputFields such) return True;
                return name switch
                {
                    "some" => Any(e => All(shapes.Of(collection.Target), e, such, at)),
                    "none" => Expression.Not(Any(e => All(shapes.Of(collection.Target), e, such, at))),
                    _ => Expression.Not(Any(e => Expression.Not(All(shapes.Of(collection.Target), e, such, at)))),
                };
            }

            Expression Any(Func<Expression, Expression>? such)
            {
                if (such is null) return Expression.Call(EnumerableAny.MakeGenericMethod(collection.Target), items);
                var item = Expression.Parameter(collection.Target, $"e{++_nesting}");
                var any = Expression.Call(EnumerableAnySuch.MakeGenericMethod(collection.Target), items, Expression.Lambda(such(item), item));
                _nesting--;
                return any;
            }
        }

        private Expression Leaf(EntityShape shape, LeafMember leaf, Expression entity, InputFields? operations, string path)
        {
            if (operations is null) return Operation(shape, leaf, entity, "eq", null, path);
            return operations.Count == 0 ? True
                : Compare.Join([.. operations.Select(o => Operation(shape, leaf, entity, o.Key, o.Value, $"{path}.{o.Key}"))], Expression.AndAlso);
        }

        private Expression Operation(EntityShape shape, LeafMember leaf, Expression entity, string op, object? value, string path)
        {
            if (op is ['n', .. var positive]) return Expression.Not(Operation(shape, leaf, entity, positive, value, path));
            Count(path);
            var column = leaf.Column.On(entity);
            if (op is "eq") return Operators.Equal(column, Value(shape, leaf, value, path));
            if (op is "in") return Operators.In(column, leaf.Column.IsNullable, Values(shape, leaf, value as IReadOnlyList<object?> ?? [], path));
            if (!Operators.IsText(op)) return Operators.Ordered(op, column, leaf.Column.IsNullable, Value(shape, leaf, value, path));
            if (value is string text) Text.Check(text, path);
            return Operators.Textual(op, leaf.Folded!.On(entity), leaf.Folded!.IsNullable, value is string given ? conventions.Fold(given) : null);
        }

        private List<object?> Values(EntityShape shape, LeafMember leaf, IReadOnlyList<object?> values, string path) => values.Count > MostValues
            ? throw new GraphQLException($"{path}: more than {MostValues} values.", ErrorCodes.BadUserInput) : [.. values.Select(v => Value(shape, leaf, v, path))];

        private object? Value(EntityShape shape, LeafMember leaf, object? value, string path)
        {
            if (value is null) return null;
            if (value is string text) Text.Check(text, path);
            try
            {
                return leaf.Kind is LeafKind.Id
                    ? conventions.ParseId(shape.Type, (string)value)
                    : conventions.FromLeaf(value, Nullable.GetUnderlyingType(leaf.Column.ClrType) ?? leaf.Column.ClrType);
            }
            catch (InvalidValueException invalid)
            {
                throw new GraphQLException($"{path}: {invalid.Message}", ErrorCodes.BadUserInput);
            }
        }

        private void Count(string path)
        {
            if (++_conditions > MostConditions) throw new GraphQLException($"{path}: more than {MostConditions} conditions.", ErrorCodes.BadUserInput);
        }

        private static ConstantExpression True => Expression.Constant(true);
    }
}

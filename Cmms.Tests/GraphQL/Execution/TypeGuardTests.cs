using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>A type that a caller may not see: no way through the schema leads to an object of it.</summary>
public sealed class TypeGuardTests
{
    private readonly Guard _guard = new();
    private readonly List<string> _ran = [];
    private readonly ObjectType _part;
    private readonly Schema _schema;

    public TypeGuardTests()
    {
        _part = new ObjectType("Part") { ClrType = typeof(Part), Guards = { _guard } };
        _part.Add(Read<Part>("name", T("String!"), p => p.Name)).Add(new FieldDefinition("self", _part) { Resolver = Each<Part>((p, _) => p) });
        var tool = new ObjectType("Tool") { ClrType = typeof(Tool) };
        tool.Add(Read<Tool>("name", T("String!"), t => t.Name)).Add(new FieldDefinition("label", T("String!")) { Resolver = Each<Tool>((t, _) => t.Name) });
        var thing = new UnionType("Thing") { Members = { _part, tool } };
        var page = new ObjectType("PartsConnection") { PageOf = _part };
        page.Add(Read<object>("nodes", T("[Part!]", _part), _ => new[] { new Part("p") })).Add(Read<object>("totalCount", T("Int!"), _ => 1));
        var root = Object("Query",
            new FieldDefinition("part", _part) { Resolver = Once(_ => Ran("part")) },
            Read<RequestContext>("inline", _part, _ => Ran("inline")),
            new FieldDefinition("must", T("Part!", _part)) { Resolver = Once(_ => Ran("must")) },
            new FieldDefinition("parts", T("[Part!]", _part)) { Resolver = Once(_ => new[] { Ran("parts") }) },
            new FieldDefinition("page", page) { Resolver = Once(_ => Ran("page")) },
            new FieldDefinition("things", T("[Thing]!", thing)) { Resolver = Once(_ => new object?[] { new Part("p"), new Tool("t"), null, new Part("q"), new Tool("u") }) },
            new FieldDefinition("mustThings", T("[Thing!]", thing)) { Resolver = Once(_ => new object[] { new Tool("t"), new Part("p") }) },
            Read<RequestContext>("thing", thing, _ => new Part("p")),
            new FieldDefinition("box", Object("Box", Read<string>("part", _part, _ => Ran("box")), Read<string>("label", T("String!"), _ => "b"))) { Resolver = Once(_ => "box") });
        var mutation = Object("Mutation", new FieldDefinition("makePart", _part) { Resolver = Once(_ => Ran("makePart")) });
        _schema = SchemaOf(root, mutation, null, tool);
    }

    [Theory]
    [InlineData("{ part { name } inline { name } box { label part { name } } }", """{"data":{"part":null,"inline":null,"box":{"label":"b","part":null}}}""")]
    [InlineData("{ part { self { self { name } } } }", """{"data":{"part":null}}""")]
    [InlineData("{ thing { __typename } things { __typename ... on Tool { name label } ... on Part { name self { name } } } }",
        """{"data":{"thing":null,"things":[null,{"__typename":"Tool","name":"t","label":"t"},null,null,{"__typename":"Tool","name":"u","label":"u"}]}}""")]
    public async Task Where_nothing_could_be_nothing_is(string document, string answer)
    {
        Assert.Equal(answer, await Executor(_schema).Ask(document));
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData("{ must { name } }", """{"data":null,"errors":[{"message":"Denied.","locations":[{"line":1,"column":3}],"path":["must"],"extensions":{"code":"FORBIDDEN"}}]}""")]
    [InlineData("{ parts { name } }", """{"data":{"parts":null},"errors":[{"message":"Denied.","locations":[{"line":1,"column":3}],"path":["parts"],"extensions":{"code":"FORBIDDEN"}}]}""")]
    [InlineData("{ page { totalCount } }", """{"data":{"page":null},"errors":[{"message":"Denied.","locations":[{"line":1,"column":3}],"path":["page"],"extensions":{"code":"FORBIDDEN"}}]}""")]
    [InlineData("{ mustThings { __typename } }", """{"data":{"mustThings":null},"errors":[{"message":"Denied.","locations":[{"line":1,"column":3}],"path":["mustThings",1],"extensions":{"code":"FORBIDDEN"}}]}""")]
    [InlineData("mutation { makePart { name } }", """{"data":{"makePart":null},"errors":[{"message":"Denied.","locations":[{"line":1,"column":12}],"path":["makePart"],"extensions":{"code":"FORBIDDEN"}}]}""")]
    public async Task A_list_and_what_must_be_there_are_refused_before_they_run(string document, string answer)
    {
        Assert.Equal(answer, await Executor(_schema).Ask(document));
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_type_is_asked_of_once_a_request_and_not_at_all_where_it_is_not_selected()
    {
        await Executor(_schema).Ask("{ a: part { name } b: part { name self { name } } things { __typename } page { nodes { name } } box { part { name } } }");
        Assert.Equal(1, _guard.Asked);
        await Executor(_schema).Ask("query($no: Boolean = false) { box { label } part @include(if: $no) { name } }");
        Assert.Equal(1, _guard.Asked);
    }

    [Fact]
    public async Task Who_may_see_the_type_sees_it_everywhere()
    {
        _guard.Admits = true;
        Assert.Equal("""{"data":{"part":{"self":{"name":"part"}},"inline":{"name":"inline"},"must":{"name":"must"},"thing":{"name":"p"},"page":{"nodes":[{"name":"p"}]}}}""",
            await Executor(_schema).Ask("{ part { self { name } } inline { name } must { name } thing { ... on Part { name } } page { nodes { name } } }"));
    }

    private Part Ran(string field)
    {
        _ran.Add(field);
        return new Part(field);
    }

    private sealed record Part(string Name);

    private sealed record Tool(string Name);

    private sealed class Guard : FieldGuard
    {
        public bool Admits { get; set; }
        public int Asked { get; private set; }
        public override string Requirement => "PARTS";

        public override GraphQLError? Deny(RequestContext request)
        {
            Asked++;
            return Admits ? null : new GraphQLError("Denied.", ErrorCodes.Forbidden);
        }
    }
}

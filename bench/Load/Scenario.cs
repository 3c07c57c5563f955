using System.Net.Http.Headers;
using System.Text.Json;

namespace Bench.Load;

/// <summary>One thing to ask of every server: how each is asked, and how often in one turn.</summary>
internal abstract class Scenario(string name, int requests)
{
    public const string List = """
        query WorkOrderPage($first: Int) {
          workOrders(first: $first) { nodes { id code title priority phase dueAt asset { name location { name } } technicians { name } } }
        }
        """;
    public const string Single = "query WorkOrder($id: ID) { workOrder(id: $id) { id code title description priority phase dueAt version } }";
    public const string Update = """
        mutation DescribeLocation($input: UpdateLocationInput!) {
          updateLocation(input: $input) { location { id description version } errors { __typename } }
        }
        """;

    public string Name => name;
    public int Requests => requests;

    public abstract HttpRequestMessage Make(bool overGraphQL, int i);

    protected static HttpRequestMessage Ask(string query, object variables)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        return request;
    }
}

internal sealed class ListScenario() : Scenario("list of 50 orders, two nested levels", 400)
{
    public override HttpRequestMessage Make(bool overGraphQL, int i) => overGraphQL ? Ask(List, new { first = 50 }) : new HttpRequestMessage(HttpMethod.Get, "/orders?first=50");
}

internal sealed class SingleScenario(IReadOnlyList<string> ids) : Scenario("single order by id", 2000)
{
    public override HttpRequestMessage Make(bool overGraphQL, int i)
    {
        var id = ids[i % ids.Count];
        return overGraphQL ? Ask(Single, new { id }) : new HttpRequestMessage(HttpMethod.Get, $"/orders/{id}");
    }
}

/// <summary>Each caller has a place of its own to change, and says which version it has seen.</summary>
internal sealed class UpdateScenario(IReadOnlyList<string> ids) : Scenario("update of one field, with version check and event", 600)
{
    private readonly int[] _versions = new int[ids.Count];

    public IReadOnlyList<string> Ids => ids;

    public override HttpRequestMessage Make(bool overGraphQL, int i)
    {
        var (id, version, description) = (ids[i], _versions[i], $"Seen to {_versions[i]} times, last by worker {i}.");
        return overGraphQL ? Ask(Update, new { input = new { id, version, description } })
            : new HttpRequestMessage(HttpMethod.Post, "/locations") { Content = JsonContent.Create(new { id, version, description }) };
    }

    /// <summary>What was answered is what the next request has seen.</summary>
    public void Saw(int i, byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        _versions[i] = json.RootElement.GetProperty("data").GetProperty("updateLocation").GetProperty("location").GetProperty("version").GetInt32();
    }

    public void Start(int i, int version) => _versions[i] = version;
}

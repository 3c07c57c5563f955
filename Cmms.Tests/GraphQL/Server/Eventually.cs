using Xunit;

namespace Cmms.Tests.GraphQL.Server;

internal static class Eventually
{
    /// <summary>Asks again and again, for at most five seconds.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }
        Assert.Fail("It did not come true within five seconds.");
    }
}

using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so does its database.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", async (HttpContext http) =>
        {
            var factory = http.RequestServices.GetRequiredService<CmmsDbFactory>();
            try
            {
                await using var db = factory.For(Scope.System);
                await db.Customers.AnyAsync(http.RequestAborted);
                var room = http.RequestServices.GetRequiredService<Room>();
                return await room.IsThereAsync(http.RequestAborted)
                    ? Results.Text("ready")
                    : Results.Text("the database has no room left", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
            {
                return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}

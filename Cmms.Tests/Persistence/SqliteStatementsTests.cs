using System.Data;
using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class SqliteStatementsTests
{
    [Fact]
    public async Task A_connection_stays_open_from_lease_to_lease_until_the_database_is_put_away()
    {
        DbConnection connection;
        await using (var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite))
        {
            await using (var db = plant.Database.For(plant.Scope))
            {
                connection = db.Database.GetDbConnection();
                await db.Locations.CountAsync();
            }
            Assert.Equal(ConnectionState.Open, connection.State);
            await using (var db = plant.Database.For(plant.Neighbour)) Assert.Same(connection, db.Database.GetDbConnection());
        }
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public async Task A_statement_that_ran_before_runs_with_the_values_of_now()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var places = await plant.Database.WriteAsync(plant.Scope, async db =>
        {
            Location[] made = [new("Hall 1"), new("Hall 2")];
            db.Locations.AddRange(made);
            await db.SaveChangesAsync();
            return made;
        });
        for (var i = 0; i < 4; i++)
            Assert.Equal(places[i % 2].Name, (await plant.Database.ReadAsync(plant.Scope, db => db.Find<Location>(places[i % 2].Id, default))).Name);
        await Assert.ThrowsAsync<NotFound>(() => plant.Database.ReadAsync(plant.Neighbour, db => db.Find<Location>(places[0].Id, default)));
    }

    [Fact]
    public async Task A_statement_that_failed_runs_again()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        for (var i = 0; i < 3; i++)
        {
            await plant.Database.WriteAsync(plant.Scope, db => { db.Locations.Add(new Location($"Hall {i}") { Code = $"H{i}" }); return Task.CompletedTask; });
            await Assert.ThrowsAsync<Duplicate>(() =>
                plant.Database.WriteAsync(plant.Scope, db => { db.Locations.Add(new Location("Twice") { Code = $"H{i}" }); return Task.CompletedTask; }));
        }
        Assert.Equal(3, await plant.Database.ReadAsync(plant.Scope, db => db.Locations.CountAsync()));
    }
}

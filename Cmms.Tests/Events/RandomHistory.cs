using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Tests.Events;

/// <summary>Random things that happen in a plant, one a step: objects of several types are made, changed, linked, moved, archived and deleted.</summary>
internal sealed class RandomHistory(TestPlant plant, Random random)
{
    private const int Kinds = 3;
    private readonly List<(string Type, long Id)> _subjects = [];
    private long _storeroom;
    private int _steps;

    /// <summary>Everything that was ever made.</summary>
    public IReadOnlyList<(string Type, long Id)> Subjects => _subjects;

    public async Task BeginAsync()
    {
        await plant.WriteAsync(async db =>
        {
            var storeroom = new Storeroom("Main", isDefault: true);
            var users = Enumerable.Range(1, 4).Select(i => new User($"User {i}", "Paz", $"u{i}@acme.test") { CanBeAssignedToWorkOrders = true }).ToList();
            db.Add(storeroom);
            db.AddRange(users);
            List<Location> places = [new("Hall"), new("Yard")];
            db.AddRange(places);
            await db.SaveChangesAsync();
            _storeroom = storeroom.Id;
            _subjects.AddRange([.. users.Select(u => (nameof(User), u.Id)), .. places.Select(p => (nameof(Location), p.Id))]);
        });
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>At first one of each kind is made, so that no history is without it; from then on what happens is chance.</summary>
    public Task StepAsync() => plant.WriteAsync(db => (_steps++ < Kinds ? _steps - 1 : random.Next(11)) switch
    {
        0 => Make(db, new AssetType($"Type {random.Next()}")),
        1 => Make(db, new Asset($"Asset {random.Next()}", db.Now)),
        2 => Make(db, new Part($"Part {random.Next()}")),
        3 => Change<User>(db, user => user.JobTitle = Maybe(Word())),
        4 => Change<AssetType>(db, type => (type.Name, type.Description) = (Word(), Maybe(Word()))),
        5 => Change<AssetType>(db, type => db.Remove(type)),
        6 => Change<Asset>(db, async asset =>
        {
            await db.Entry(asset).Reference(a => a.Location).LoadAsync();
            asset.StandAt(random.Next(3) == 0 ? null : (await db.Locations.ToListAsync())[random.Next(2)]);
        }),
        7 => Change<Asset>(db, async asset => await db.SetTechnicians(asset, [.. (await db.Users.Select(u => u.Id).ToListAsync()).Where(_ => random.Next(2) == 0)], default)),
        8 => Change<Part>(db, async part => await db.Stock.Restock(part.Id, Quantity.Of(random.Next(1, 9)), Money.Cost(random.Next(1, 50)), null, _storeroom, default)),
        9 => Change<Location>(db, location => (location.Description, location.Address) = (Maybe(Word()), Maybe(Word()))),
        _ => Change<Asset>(db, asset => asset.ChangeStatus((AssetStatus)(((int)asset.Status + 1) % 3), Reason.Of("Because it is so today"), db.Actor, db.Now)),
    });

    /// <summary>What a look at the object would show now, in the form of its events; null once it is gone.</summary>
    public async Task<string?> NowAsync((string Type, long Id) subject)
    {
        await using var db = plant.Read();
        object? row = subject.Type switch
        {
            nameof(User) => await db.Users.SingleOrDefaultAsync(x => x.Id == subject.Id),
            nameof(AssetType) => await db.AssetTypes.SingleOrDefaultAsync(x => x.Id == subject.Id),
            nameof(Location) => await db.Locations.SingleOrDefaultAsync(x => x.Id == subject.Id),
            nameof(Part) => await db.Parts.SingleOrDefaultAsync(x => x.Id == subject.Id),
            _ => await db.Assets.Include(x => x.AssetTypes).Include(x => x.Technicians).Include(x => x.Parts).Include(x => x.Vendors).SingleOrDefaultAsync(x => x.Id == subject.Id),
        };
        if (row is null) return null;
        var type = LoggedType.All(db.Model)[subject.Type];
        var fields = type.Fields.Select(f => new FieldChange(f.Name, null, f.Property.PropertyInfo!.GetValue(row)))
            .Concat(type.Links.Select(l => new FieldChange(l.Name, null, ((IEnumerable<Entity>)l.Navigation.PropertyInfo!.GetValue(row)!).Select(e => e.Id).Order().ToArray())));
        using var json = JsonDocument.Parse(ChangesJson.Of([.. fields]));
        return JsonSerializer.Serialize(json.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value[1]));
    }

    private async Task Make(CmmsDb db, Entity entity)
    {
        db.Add(entity);
        await db.SaveChangesAsync();
        _subjects.Add((entity.GetType().Name, entity.Id));
    }

    private Task Change<T>(CmmsDb db, Action<T> change) where T : Entity => Change<T>(db, row =>
    {
        change(row);
        return Task.CompletedTask;
    });

    private async Task Change<T>(CmmsDb db, Func<T, Task> change) where T : Entity
    {
        var all = await db.Set<T>().OrderBy(row => row.Id).Select(row => row.Id).ToListAsync();
        if (all.Count > 0) await change(await db.Find<T>(all[random.Next(all.Count)], default));
    }

    private string Word() => $"Word {random.Next(1_000)} «ñ»";

    private string? Maybe(string text) => random.Next(4) == 0 ? null : text;
}

using System.Security.Cryptography;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Demo;

/// <summary>The demo customer with its sites, its people and the keys that everybody knows.</summary>
internal sealed record DemoPeople(long CustomerId, IReadOnlyDictionary<string, long> Sites, long Owner, long Manager, long Requester, IReadOnlyList<long> Technicians)
{
    private static readonly (string Name, string Surname, string Language, Role Role, string Job, string? Key)[] s_people =
    [
        ("Alice", "Johnson", "en", Role.Admin, "Plant Manager", "demo-admin"),
        ("Carmen", "Núñez", "es", Role.Manager, "Jefa de mantenimiento", "demo-manager"),
        ("John", "Doe", "en", Role.Technician, "HVAC Technician", "demo-technician"),
        ("Diego", "Ramírez", "es", Role.Requester, "Encargado de turno", "demo-requester"),
        ("Emma", "Clarke", "en", Role.Viewer, "Auditor", "demo-viewer"),
        ("Lucía", "Muñoz", "es", Role.Technician, "Técnica mecánica", null),
        ("Íñigo", "Peña", "es", Role.Technician, "Técnico electricista", null),
        ("Grace", "Okafor", "en", Role.Technician, "Electrician", null),
        ("Tomás", "Ibáñez", "es", Role.Technician, "Frigorista", null),
        ("Ben", "Carter", "en", Role.Technician, "Mechanic", null),
        ("Andrés", "Quiñones", "es", Role.Technician, "Mecánico de flota", null),
        ("Mary", "O'Brien", "en", Role.Manager, "Storekeeper", null),
    ];

    /// <summary>The first rows of an empty database: whoever comes second waits for them, and finds that it is no longer empty.</summary>
    public static async Task<DemoPeople> Add(WriteTransaction transaction, CancellationToken cancel)
    {
        var db = transaction.Db;
        Customer customer = new("Acme Corporation", "acme");
        db.Add(customer);
        await transaction.NarrowAsync(Scope.System, cancel);
        await transaction.TurnAsync(Scope.Customer(customer.Id), transaction.Change, cancel);

        var sites = new[] { DemoCatalog.Plant, DemoCatalog.Depot }.Select(plan => new Site(plan.Name, plan.Code, plan.Zone, plan.Currency)
        {
            Address = plan.Address,
            DateTimeFormat = plan.Currency == "USD" ? "MM/DD/YYYY - 11:59 PM" : "DD/MM/YYYY - 23:59",
        }).ToList();
        db.AddRange(sites);
        List<User> users = [];
        foreach (var (name, surname, language, role, job, key) in s_people)
        {
            User user = new(name, surname, $"{Text.Fold(name)}.{Text.Fold(surname).Replace("'", "", StringComparison.Ordinal)}@acme.example", role is Role.Admin ? CustomerRole.Owner : CustomerRole.Member)
            {
                Language = language,
                JobTitle = job,
                CanBeAssignedToWorkOrders = role is Role.Technician,
                RegularRate = role is Role.Technician ? Money.Cost(41m) : null,
                OvertimeRate1 = role is Role.Technician ? Money.Cost(61.5m) : null,
                OvertimeRate2 = role is Role.Technician ? Money.Cost(82m) : null,
            };
            users.Add(user);
            db.Add(user);
            db.AddRange(sites.Select(site => new UserRole(user, site, role)));
            if (key is not null) db.Add(ApiKey.Known(user, $"Demo {role}", key));
        }
        await db.SaveChangesAsync(cancel);
        Show(db, users[1], DemoPicture.Portrait(ground: 0xE8D5C4, skin: 0xB9805A, clothes: 0x1F4E5F));
        Show(db, users[2], DemoPicture.Portrait(ground: 0xCFE0DD, skin: 0xE2B08A, clothes: 0xB3541E));
        await db.SaveChangesAsync(cancel);
        return new DemoPeople(customer.Id, sites.ToDictionary(s => s.Code, s => s.Id), users[0].Id, users[1].Id, users[3].Id, [.. users.Where(u => u.CanBeAssignedToWorkOrders).Select(u => u.Id)]);
    }

    /// <summary>Somebody who has not joined yet; the token is <c>demo-invitation</c>.</summary>
    public async Task Invite(WriteTransaction transaction, Instant at, CancellationToken cancel)
    {
        await transaction.TurnAsync(Scope.Customer(CustomerId), new Change(Actor.User(Owner), at), cancel);
        var invited = User.InviteKnown("Nadia", "Haddad", "nadia.haddad@acme.example", at, "demo-invitation");
        (invited.JobTitle, invited.RegularRate, invited.CanBeAssignedToWorkOrders) = ("Instrument Technician", Money.Cost(38.5m), true);
        transaction.Db.Add(invited);
        foreach (var id in Sites.Values.Order()) transaction.Db.Add(new UserRole(invited, await transaction.Db.Find<Site>(id, cancel), Role.Technician));
        await transaction.Db.SaveChangesAsync(cancel);
    }

    private static void Show(CmmsDb db, User user, byte[] portrait)
    {
        db.UserAvatars.Add(new UserAvatar(user, portrait, key: SHA256.HashData(portrait)));
        user.ShowAvatar(db.Now);
    }
}

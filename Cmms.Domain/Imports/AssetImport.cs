using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Imports;

/// <summary>Assets, known by their code. Their status changes by changeAssetStatus alone.</summary>
internal sealed class AssetImport : TreeImport<Asset>
{
    private readonly MissingNames _missing;
    private Names<Location> _locations = null!;
    private Names<AssetType> _types = null!;
    private Names<Process> _processes = null!;
    private Names<User> _technicians = null!;

    public AssetImport(CmmsDb db, MissingNames missing) : base(db, "Asset")
    {
        _missing = missing;
        Columns =
        [
            new("name", ["asset", "asset name", "nombre"], (_, _) => { }),
            new("code", ["asset code", "asset number", "tag", "codigo"], (asset, cell) => asset.Code = cell.Text),
            ParentColumn,
            new("location", ["location code", "location path", "ubicacion"], async (asset, cell) => asset.StandAt(await _locations.Find(cell.Text, cell.Heading, default))),
            new("types", ["type", "asset type", "category", "tipo", "categoria"], async (asset, cell) => await Db.SetAssetTypes(asset, await Ids(_types, cell), default)),
            new("process", ["proceso"], async (asset, cell) => asset.RunIn(await _processes.Find(cell.Text, cell.Heading, default))),
            new("description", ["descripcion"], (asset, cell) => asset.Description = cell.Text),
            new("manufacturer", ["make", "brand", "fabricante", "marca"], (asset, cell) => asset.Manufacturer = cell.Text),
            new("model", ["modelo"], (asset, cell) => asset.Model = cell.Text),
            new("serial number", ["serial", "serial no", "numero de serie"], (asset, cell) => asset.SerialNumber = cell.Text),
            new("condition", ["estado fisico"], (asset, cell) => asset.Condition = cell.OneOf<AssetCondition>()),
            new("purchase date", ["fecha de compra"], (asset, cell) => asset.PurchaseDate = cell.Day()),
            new("purchase cost", ["purchase price", "costo de compra"], (asset, cell) => asset.PurchaseCost = cell.Cost()),
            new("replacement cost", ["costo de reposicion"], (asset, cell) => asset.ReplacementCost = cell.Cost()),
            new("salvage value", ["valor residual"], (asset, cell) => asset.SalvageValue = cell.Cost()),
            new("downtime cost per hour", ["costo de paro por hora"], (asset, cell) => asset.DowntimeCostPerHour = cell.Cost()),
            new("warranty expiration date", ["warranty exp date", "warranty", "warranty until", "garantia"], (asset, cell) => asset.WarrantyExpirationDate = cell.Day()),
            new("warranty notice days", ["warranty expiration notification"], (asset, cell) => asset.WarrantyNoticeDays = cell.Whole()),
            new("life expectancy months", ["life expectancy", "vida util"], (asset, cell) => asset.LifeExpectancyMonths = cell.Whole()),
            new("theoretical capacity", ["capacity", "capacidad teorica"], (asset, cell) => asset.TheoreticalCapacity = cell.Quantity()),
            new("capacity unit", ["unit", "unidad"], (asset, cell) => asset.CapacityUnit = cell.Text),
            new("technicians", ["technician", "tecnicos"], async (asset, cell) => await Db.SetTechnicians(asset, await Ids(_technicians, cell), default)),
            new("qr code", ["qr", "barcode", "codigo qr"], async (asset, cell) => asset.QrCode = await Db.LabelOf(asset, asset.QrCode, cell.Text, generate: false, remove: false, default)),
        ];
    }

    public override IReadOnlyList<Column<Asset>> Columns { get; }

    protected override IQueryable<KeyValuePair<string?, long>> Codes => Db.Assets.Where(a => a.Code != null).Select(a => new KeyValuePair<string?, long>(a.Code, a.Id));

    protected override Asset New(string name, Asset? parent) => new(name, Db.Now, parent);

    protected override string? CodeOf(Asset node) => node.Code;

    protected override async Task Prepare(CancellationToken cancel)
    {
        await base.Prepare(cancel);
        _locations = new(Db, "Location", (await Db.Locations.Select(l => new { l.Code, l.Path, l.Id }).ToListAsync(cancel)).SelectMany(l => new (string?, long)[] { (l.Code, l.Id), (l.Path, l.Id) }));
        _types = new(Db, "Asset type", (await Db.AssetTypes.Select(t => new { t.Name, t.Id }).ToListAsync(cancel)).Select(t => ((string?)t.Name, t.Id)), _missing is MissingNames.Create ? name => new AssetType(name) : null);
        _processes = new(Db, "Process", (await Db.Processes.Select(p => new { p.Code, p.Name, p.Id }).ToListAsync(cancel)).SelectMany(p => new (string?, long)[] { (p.Code, p.Id), (p.Name, p.Id) }));
        _technicians = new(Db, "User", (await Db.Users.Select(u => new { u.Email, u.Id }).ToListAsync(cancel)).Select(u => ((string?)u.Email, u.Id)));
    }

    protected override void Forget()
    {
        base.Forget();
        _locations.Forget();
        _types.Forget();
        _processes.Forget();
        _technicians.Forget();
    }

    private static async Task<IReadOnlyList<long>> Ids<T>(Names<T> names, Cell cell) where T : Entity
    {
        List<long> ids = [];
        foreach (var name in cell.Names) ids.Add((await names.Find(name, cell.Heading, default)).Id);
        return ids;
    }
}

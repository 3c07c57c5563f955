namespace Cmms.Domain.Demo;

/// <summary>What a machine needs doing, and so what its work orders and spare parts are about.</summary>
internal enum Trade { Mechanical, Electrical, Air, Cold, Vehicle, Sanitary }

/// <summary>Several machines of one kind.</summary>
internal sealed record MachineKind(
    string Code, string Name, string Type, Trade Trade, string Place, int Count, string Maker, string Model, decimal Cost, decimal Capacity = 0, string? Unit = null);

/// <summary>A part that comes in several sizes.</summary>
internal sealed record PartKind(string Code, string Name, string Type, Trade Trade, string Unit, decimal Cost, string[] Sizes);

/// <summary>Something that happens to machines of a trade.</summary>
internal sealed record Trouble(Trade Trade, string Title, string Description, string Cure);

/// <summary>One of the two sites of the demo customer.</summary>
internal sealed record SitePlan(
    string Code, string Name, string Zone, string Currency, string Address, string[] Places, MachineKind[] Machines, string[] Vendors, int Parts, int Orders, int Schedules);

/// <summary>The words that the demo plant is made of. Sample objects of the documents that Cmms grew from keep their names and codes.</summary>
internal static class DemoCatalog
{
    public const string MainWarehouse = "Main Warehouse";
    public const string DriveBelt = "VB-01";
    public const string Summit = "Summit HVAC & Refrigeration";

    public static SitePlan Plant { get; } = new(
        "PLANT", "Main Facility", "America/New_York", "USD", "400 Mill Road, Greenville",
        [
            "Main Plant", "Main Plant > Weaving Hall", "Main Plant > Packing Hall", "Main Plant > Extrusion Hall", "Main Plant > Print Shop", "Main Plant > Utilities",
            "Main Plant > Utilities > Compressor Room", "Main Plant > Utilities > Boiler House", "Building A", "Building A > Main Conference Room", "Building A > Canteen",
            "Building A > Roof", "Warehouse", "Warehouse > Loading Bay", "Yard", "Yard > Rental Base",
        ],
        [
            new("TEL", "Telar Circular", "Loom", Trade.Mechanical, "Main Plant > Weaving Hall", 10, "Textor", "RX 6", 84_000, 120, "m/h"),
            new("CONV", "Convertidora", "Converter", Trade.Mechanical, "Main Plant > Packing Hall", 4, "Packline", "AD 220", 152_000, 5000, "unidades/h"),
            new("EXT", "Extruder", "Extruder", Trade.Electrical, "Main Plant > Extrusion Hall", 4, "Textor", "Tape 90", 240_000, 480, "kg/h"),
            new("PRN", "Flexo Printer", "Printer", Trade.Electrical, "Main Plant > Print Shop", 4, "Packline", "F6", 118_000, 3200, "m/h"),
            new("CNV", "Belt Conveyor", "Conveyor", Trade.Mechanical, "Main Plant > Packing Hall", 7, "Rollman", "BC-12", 9_400),
            new("SIL", "Resin Silo", "Silo", Trade.Mechanical, "Main Plant > Extrusion Hall", 4, "Rollman", "S-30", 21_000),
            new("CMP", "Air Compressor", "Compressor", Trade.Air, "Main Plant > Utilities > Compressor Room", 5, "Nordwind", "GA 75", 36_500),
            new("PMP", "Cooling Water Pump", "Pump", Trade.Mechanical, "Main Plant > Utilities", 10, "Hydra", "CR 45", 6_200),
            new("CHL", "Chiller", "HVAC", Trade.Cold, "Main Plant > Utilities", 3, "Nordwind", "WC 400", 88_000),
            new("BLR", "Steam Boiler", "Boiler", Trade.Mechanical, "Main Plant > Utilities > Boiler House", 2, "Hydra", "ST 3000", 97_000),
            new("GEN", "Backup Generator", "Generator", Trade.Electrical, "Yard", 2, "Voltra", "D500", 64_000),
            new("AHU", "Air Handling Unit", "HVAC", Trade.Air, "Building A > Roof", 8, "Nordwind", "AH 12", 18_300),
            new("FRZ", "Freezer", "Refrigeration", Trade.Cold, "Building A > Canteen", 3, "Polar", "F 900", 4_800),
            new("CRN", "Overhead Crane", "Crane", Trade.Electrical, "Warehouse", 2, "Rollman", "OC 5t", 41_000),
            new("FLT", "Forklift", "Vehicle", Trade.Vehicle, "Warehouse > Loading Bay", 6, "Lifta", "E16", 28_900),
            new("BS", "Batería Sanitaria Hombre", "Sanitary unit", Trade.Sanitary, "Yard > Rental Base", 6, "ACME", "BS-2024", 2_900, 500, "gal"),
            new("LVM", "Lavamanos", "Sanitary unit", Trade.Sanitary, "Yard > Rental Base", 4, "ACME", "LV-2024", 1_150, 120, "gal"),
            new("MTR", "Drive Motor", "Motor", Trade.Electrical, "Main Plant > Weaving Hall", 10, "Voltra", "M3 11kW", 1_900),
        ],
        [Summit, "ABC Corp.", "Rodamientos del Norte", "Voltra Parts", "Hydra Service", "Packline Spares", "Lifta Fleet", "Suministros Ibáñez", "Textor Direct", "Greenville Tool & Die"],
        Parts: 240, Orders: 1700, Schedules: 32);

    public static SitePlan Depot { get; } = new(
        "DEPOT", "Almacén Madrid", "Europe/Madrid", "EUR", "Calle de los Talleres 14, Getafe",
        ["Nave 1", "Nave 1 > Muelles", "Nave 1 > Cámara fría", "Nave 2", "Oficinas"],
        [
            new("MUE", "Rampa de muelle", "Dock leveler", Trade.Mechanical, "Nave 1 > Muelles", 6, "Rollman", "DL 2", 7_300),
            new("RET", "Carretilla retráctil", "Vehicle", Trade.Vehicle, "Nave 2", 6, "Lifta", "R14", 31_500),
            new("ENV", "Envolvedora de palés", "Wrapper", Trade.Electrical, "Nave 2", 3, "Packline", "W 30", 12_800, 45, "palés/h"),
            new("CLI", "Climatizadora", "HVAC", Trade.Air, "Oficinas", 4, "Nordwind", "AH 6", 9_700),
            new("FRI", "Compresor frigorífico", "Refrigeration", Trade.Cold, "Nave 1 > Cámara fría", 3, "Polar", "K 60", 15_400),
            new("GRU", "Grupo electrógeno", "Generator", Trade.Electrical, "Nave 1", 1, "Voltra", "D200", 33_000),
            new("PUE", "Puerta rápida", "Door", Trade.Mechanical, "Nave 1", 1, "Rollman", "HS 4", 5_600),
        ],
        ["Frío Castilla", "Carretillas Mañas", "Suministros Ibáñez", "Voltra Parts"],
        Parts: 60, Orders: 300, Schedules: 8);

    public static PartKind[] Parts { get; } =
    [
        new("VB", "V-belt", "Belts", Trade.Mechanical, "Item", 14.90m, ["B68", "B72", "B75", "B81", "B90", "A42", "A48", "A55", "C110", "C128"]),
        new("BRG", "Ball bearing", "Bearings", Trade.Mechanical, "Item", 11.40m, ["6203", "6204", "6205", "6206", "6208", "6305", "6306", "6308", "6310", "6312"]),
        new("FLT", "Panel air filter", "Filters", Trade.Air, "Item", 18.75m, ["300x300", "300x600", "400x400", "400x600", "500x500", "500x600", "600x600", "600x900", "G4 roll", "F7 bag"]),
        new("FUS", "Fuse", "Electrical", Trade.Electrical, "Item", 4.20m, ["2A", "4A", "6A", "10A", "16A", "20A", "25A", "32A", "50A", "63A"]),
        new("CTR", "Contactor", "Electrical", Trade.Electrical, "Item", 46.00m, ["9A", "12A", "18A", "25A", "32A", "40A", "50A", "65A", "80A", "95A"]),
        new("OIL", "Lubricant", "Lubricants", Trade.Mechanical, "Litre", 8.60m, ["ISO 32", "ISO 46", "ISO 68", "ISO 100", "ISO 150", "ISO 220", "ISO 320", "ISO 460", "Food grade", "Chain"]),
        new("ORG", "O-ring", "Seals", Trade.Cold, "Item", 0.85m, ["8x2", "10x2", "12x2", "15x2.5", "18x2.5", "20x3", "25x3", "30x3", "40x4", "50x4"]),
        new("SEN", "Proximity sensor", "Electrical", Trade.Electrical, "Item", 62.30m, ["M8 PNP", "M8 NPN", "M12 PNP", "M12 NPN", "M18 PNP", "M18 NPN", "M30 PNP", "M30 NPN", "Reed", "Optical"]),
        new("TYR", "Solid tyre", "Vehicle parts", Trade.Vehicle, "Item", 138.00m, ["15x4.5-8", "16x6-8", "18x7-8", "5.00-8", "6.00-9", "6.50-10", "7.00-12", "21x8-9", "23x9-10", "28x9-15"]),
        new("VLV", "Solenoid valve", "Valves", Trade.Cold, "Item", 73.50m, ["1/8", "1/4", "3/8", "1/2", "3/4", "1", "1 1/4", "1 1/2", "2", "2 1/2"]),
        new("CHN", "Roller chain", "Drives", Trade.Mechanical, "Metre", 22.10m, ["06B-1", "08B-1", "10B-1", "12B-1", "16B-1", "20B-1", "06B-2", "08B-2", "10B-2", "12B-2"]),
        new("SEA", "Shaft seal", "Seals", Trade.Mechanical, "Item", 9.75m, ["20x35x7", "25x40x7", "25x47x7", "30x47x7", "30x52x7", "35x52x7", "35x62x7", "40x62x7", "45x62x8", "50x72x8"]),
        new("LMP", "LED tube", "Lighting", Trade.Electrical, "Item", 7.30m, ["60cm 4000K", "60cm 6500K", "90cm 4000K", "90cm 6500K", "120cm 4000K", "120cm 6500K", "150cm 4000K", "150cm 6500K", "Panel 60x60", "Highbay"]),
        new("REF", "Filter drier", "Refrigeration", Trade.Cold, "Item", 27.90m, ["032", "052", "053", "082", "083", "084", "163", "164", "165", "305"]),
        new("HYD", "Hydraulic hose", "Hydraulics", Trade.Vehicle, "Metre", 16.40m, ["1/4 1SN", "5/16 1SN", "3/8 1SN", "1/2 1SN", "5/8 1SN", "3/4 1SN", "1/4 2SN", "3/8 2SN", "1/2 2SN", "3/4 2SN"]),
        new("BRK", "Brake lining", "Vehicle parts", Trade.Vehicle, "Item", 54.00m, ["E12", "E14", "E16", "E18", "E20", "R12", "R14", "R16", "R18", "R20"]),
        new("BAT", "Battery cell", "Vehicle parts", Trade.Vehicle, "Item", 96.00m, ["2V 210Ah", "2V 280Ah", "2V 350Ah", "2V 420Ah", "2V 500Ah", "2V 560Ah", "2V 625Ah", "2V 700Ah", "2V 775Ah", "12V 100Ah"]),
        new("GRS", "Grease cartridge", "Lubricants", Trade.Mechanical, "Item", 6.95m, ["EP 0", "EP 1", "EP 2", "EP 3", "MoS2", "High temp", "Low temp", "Marine", "White", "Silicone"]),
        new("CPL", "Coupling insert", "Drives", Trade.Mechanical, "Item", 19.20m, ["GR14", "GR19", "GR24", "GR28", "GR38", "GR42", "GR48", "GR55", "GR65", "GR75"]),
        new("RLY", "Plug-in relay", "Electrical", Trade.Electrical, "Item", 8.80m, ["12V 2CO", "24V 2CO", "48V 2CO", "110V 2CO", "230V 2CO", "12V 4CO", "24V 4CO", "48V 4CO", "110V 4CO", "230V 4CO"]),
        new("GSK", "Gasket sheet", "Seals", Trade.Sanitary, "Item", 5.10m, ["DN15", "DN20", "DN25", "DN32", "DN40", "DN50", "DN65", "DN80", "DN100", "DN125"]),
        new("PIP", "PVC pipe", "Plumbing", Trade.Sanitary, "Metre", 3.40m, ["20", "25", "32", "40", "50", "63", "75", "90", "110", "125"]),
        new("TAP", "Push tap", "Plumbing", Trade.Sanitary, "Item", 24.60m, ["Wall", "Deck", "Foot", "Sensor", "Mixer", "Shower", "Urinal", "Flush", "Angle", "Garden"]),
        new("AOE", "Oil separator", "Filters", Trade.Air, "Item", 112.00m, ["GA 11", "GA 15", "GA 18", "GA 22", "GA 30", "GA 37", "GA 45", "GA 55", "GA 75", "GA 90"]),
    ];

    public static Trouble[] Troubles { get; } =
    [
        new(Trade.Mechanical, "Replace drive belt", "The belt slips under load and squeals at start.", "Belt replaced, tension set, run for ten minutes."),
        new(Trade.Mechanical, "Bearing noise", "Grinding noise from the drive side, warmer than usual.", "Bearing replaced and greased."),
        new(Trade.Mechanical, "Oil leak at gearbox", "Oil on the floor below the gearbox.", "Shaft seal replaced, oil topped up."),
        new(Trade.Mechanical, "Excessive vibration", "Vibration above the alarm limit on the last round.", "Coupling insert replaced, shafts aligned."),
        new(Trade.Electrical, "Motor trips on overload", "Trips two or three times a shift.", "Contactor replaced, current measured on all phases."),
        new(Trade.Electrical, "Sensor gives no signal", "The line stops because the part is not seen.", "Sensor replaced and adjusted."),
        new(Trade.Electrical, "Control panel fault", "The panel shows a fault that cannot be reset.", "Relay replaced, terminals tightened."),
        new(Trade.Air, "Low air flow", "Not enough air at the outlets.", "Filters changed, coil cleaned."),
        new(Trade.Air, "Pressure does not hold", "Pressure falls overnight with all consumers shut.", "Leak found and closed."),
        new(Trade.Cold, "Temperature too high", "Above the limit since this morning.", "Condenser cleaned, refrigerant checked."),
        new(Trade.Cold, "Ice on evaporator", "Ice builds up between defrosts.", "Defrost timer corrected, valve replaced."),
        new(Trade.Vehicle, "Brakes pull to one side", "The driver reports a pull to the left.", "Linings replaced on both sides."),
        new(Trade.Vehicle, "Mast hose leaks", "Hydraulic oil runs down the mast.", "Hose replaced, system bled."),
        new(Trade.Sanitary, "Fuga de agua en lavabo", "Gotea por la conexión inferior.", "Junta cambiada y probada."),
        new(Trade.Sanitary, "Cisterna no llena", "Tarda más de diez minutos en llenar.", "Válvula limpiada y regulada."),
    ];

    public static Trouble[] Improvements { get; } =
    [
        new(Trade.Mechanical, "Fit guard with quick release", "Cleaning takes too long with the bolted guard.", "Guard fitted and shown to the operators."),
        new(Trade.Electrical, "Label all terminals", "Faults take long to find.", "Labelled after the drawing, drawing corrected."),
    ];

    /// <summary>What preventive maintenance asks for, by trade.</summary>
    public static IReadOnlyDictionary<Trade, string[]> Rounds { get; } = new Dictionary<Trade, string[]>
    {
        [Trade.Mechanical] = ["Check belts and chains", "Grease bearings", "Listen for noise and feel for heat"],
        [Trade.Electrical] = ["Tighten terminals", "Measure currents", "Clean the cabinet filter"],
        [Trade.Air] = ["Change filters", "Drain condensate", "Check pressure drop"],
        [Trade.Cold] = ["Clean the condenser", "Check door seals", "Write down temperatures"],
        [Trade.Vehicle] = ["Check brakes", "Check tyres and forks", "Top up the battery"],
        [Trade.Sanitary] = ["Limpiar y desinfectar", "Revisar grifería", "Comprobar desagües"],
    };
}

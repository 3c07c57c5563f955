using System.Collections.Frozen;

namespace Cmms.Domain.Organization;

/// <summary>A currency of ISO 4217.</summary>
/// <param name="Code">Three letters: <c>USD</c>.</param>
/// <param name="Name">Its English name: <c>US Dollar</c>.</param>
/// <param name="Symbol">What stands beside an amount: <c>$</c>; the code where it has no symbol of its own.</param>
public sealed record Currency(string Code, string Name, string Symbol)
{
    /// <summary>The currency of a code, in any case.</summary>
    /// <exception cref="InvalidValue">There is none.</exception>
    public static Currency Of(string code, string field = "currency") =>
        All.TryGetValue(code.Trim(), out var currency) ? currency : throw new InvalidValue(field, "must be an ISO 4217 currency code, such as USD");

    /// <summary>Every currency in use. Kept here, not asked of the machine: its tables differ from one system to the next.</summary>
    public static FrozenDictionary<string, Currency> All { get; } = Table()
        .Select(line => line.Split('|'))
        .ToFrozenDictionary(c => c[0], c => new Currency(c[0], c[1], c.Length > 2 ? c[2] : c[0]), StringComparer.OrdinalIgnoreCase);

    private static string[] Table() => """
        AED|UAE Dirham
        AFN|Afghani|؋
        ALL|Lek|L
        AMD|Armenian Dram|֏
        AOA|Kwanza|Kz
        ARS|Argentine Peso|$
        AUD|Australian Dollar|$
        AWG|Aruban Florin|ƒ
        AZN|Azerbaijan Manat|₼
        BAM|Convertible Mark|KM
        BBD|Barbados Dollar|$
        BDT|Taka|৳
        BHD|Bahraini Dinar
        BIF|Burundi Franc|FBu
        BMD|Bermudian Dollar|$
        BND|Brunei Dollar|$
        BOB|Boliviano|Bs
        BRL|Brazilian Real|R$
        BSD|Bahamian Dollar|$
        BTN|Ngultrum|Nu.
        BWP|Pula|P
        BYN|Belarusian Ruble|Br
        BZD|Belize Dollar|$
        CAD|Canadian Dollar|$
        CDF|Congolese Franc|FC
        CHF|Swiss Franc
        CLP|Chilean Peso|$
        CNY|Yuan Renminbi|¥
        COP|Colombian Peso|$
        CRC|Costa Rican Colón|₡
        CUP|Cuban Peso|$
        CVE|Cabo Verde Escudo|$
        CZK|Czech Koruna|Kč
        DJF|Djibouti Franc|Fdj
        DKK|Danish Krone|kr
        DOP|Dominican Peso|$
        DZD|Algerian Dinar
        EGP|Egyptian Pound|£
        ERN|Nakfa|Nfk
        ETB|Ethiopian Birr|Br
        EUR|Euro|€
        FJD|Fiji Dollar|$
        FKP|Falkland Islands Pound|£
        GBP|Pound Sterling|£
        GEL|Lari|₾
        GHS|Ghana Cedi|₵
        GIP|Gibraltar Pound|£
        GMD|Dalasi|D
        GNF|Guinean Franc|FG
        GTQ|Quetzal|Q
        GYD|Guyana Dollar|$
        HKD|Hong Kong Dollar|$
        HNL|Lempira|L
        HTG|Gourde|G
        HUF|Forint|Ft
        IDR|Rupiah|Rp
        ILS|New Israeli Sheqel|₪
        INR|Indian Rupee|₹
        IQD|Iraqi Dinar
        IRR|Iranian Rial
        ISK|Iceland Króna|kr
        JMD|Jamaican Dollar|$
        JOD|Jordanian Dinar
        JPY|Yen|¥
        KES|Kenyan Shilling|KSh
        KGS|Som
        KHR|Riel|៛
        KMF|Comorian Franc|CF
        KPW|North Korean Won|₩
        KRW|Won|₩
        KWD|Kuwaiti Dinar
        KYD|Cayman Islands Dollar|$
        KZT|Tenge|₸
        LAK|Lao Kip|₭
        LBP|Lebanese Pound
        LKR|Sri Lanka Rupee|Rs
        LRD|Liberian Dollar|$
        LSL|Loti
        LYD|Libyan Dinar
        MAD|Moroccan Dirham
        MDL|Moldovan Leu|L
        MGA|Malagasy Ariary|Ar
        MKD|Denar
        MMK|Kyat|K
        MNT|Tugrik|₮
        MOP|Pataca|MOP$
        MRU|Ouguiya|UM
        MUR|Mauritius Rupee|Rs
        MVR|Rufiyaa
        MWK|Malawi Kwacha|MK
        MXN|Mexican Peso|$
        MYR|Malaysian Ringgit|RM
        MZN|Mozambique Metical|MTn
        NAD|Namibia Dollar|$
        NGN|Naira|₦
        NIO|Córdoba Oro|C$
        NOK|Norwegian Krone|kr
        NPR|Nepalese Rupee|Rs
        NZD|New Zealand Dollar|$
        OMR|Rial Omani
        PAB|Balboa|B/.
        PEN|Sol|S/
        PGK|Kina|K
        PHP|Philippine Peso|₱
        PKR|Pakistan Rupee|Rs
        PLN|Zloty|zł
        PYG|Guaraní|₲
        QAR|Qatari Rial
        RON|Romanian Leu|lei
        RSD|Serbian Dinar
        RUB|Russian Ruble|₽
        RWF|Rwanda Franc|FRw
        SAR|Saudi Riyal
        SBD|Solomon Islands Dollar|$
        SCR|Seychelles Rupee|Rs
        SDG|Sudanese Pound
        SEK|Swedish Krona|kr
        SGD|Singapore Dollar|$
        SHP|Saint Helena Pound|£
        SLE|Leone|Le
        SOS|Somali Shilling|S
        SRD|Surinam Dollar|$
        SSP|South Sudanese Pound|£
        STN|Dobra|Db
        SVC|El Salvador Colón|₡
        SYP|Syrian Pound|£
        SZL|Lilangeni|E
        THB|Baht|฿
        TJS|Somoni
        TMT|Turkmenistan New Manat|m
        TND|Tunisian Dinar
        TOP|Paʻanga|T$
        TRY|Turkish Lira|₺
        TTD|Trinidad and Tobago Dollar|$
        TWD|New Taiwan Dollar|NT$
        TZS|Tanzanian Shilling|TSh
        UAH|Hryvnia|₴
        UGX|Uganda Shilling|USh
        USD|US Dollar|$
        UYU|Peso Uruguayo|$
        UZS|Uzbekistan Sum
        VED|Bolívar Digital|Bs.D
        VES|Bolívar Soberano|Bs.S
        VND|Dong|₫
        VUV|Vatu|VT
        WST|Tala|T
        XAF|CFA Franc BEAC|FCFA
        XCD|East Caribbean Dollar|$
        XCG|Caribbean Guilder|Cg
        XOF|CFA Franc BCEAO|CFA
        XPF|CFP Franc|₣
        YER|Yemeni Rial
        ZAR|Rand|R
        ZMW|Zambian Kwacha|K
        ZWG|Zimbabwe Gold|ZiG
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Notices;

/// <summary>What sort of notice it is, whatever law it names.</summary>
public enum NoticeKind
{
    /// <summary>An authority or a court orders something.</summary>
    Order,

    /// <summary>Anyone gives notice of content that they hold to be illegal (DSA art. 16).</summary>
    Notice,

    /// <summary>A trusted flagger does (DSA art. 22).</summary>
    TrustedFlagger,

    /// <summary>Someone asks for images of themselves to be taken down.</summary>
    Request,
}

/// <summary>A type of notice: its law and its clock. The list is shipped and can be changed in the settings.</summary>
public sealed class NoticeType
{
    /// <summary>Name, for people.</summary>
    public string Name { get; set; } = "";

    /// <summary>What sort it is.</summary>
    public NoticeKind Kind { get; set; } = NoticeKind.Order;

    /// <summary>Its clock, from when it was received; 0 takes the type out of use.</summary>
    public int Minutes { get; set; } = 1_440;

    /// <summary>Whether the law sets the clock; else it is our own target.</summary>
    public bool ByLaw { get; set; }

    /// <summary>The law that it stands on where the notice names none.</summary>
    public string Basis { get; set; } = "";

    /// <summary>Its jurisdiction where the notice names none: two letters, ISO 3166-1, or EU.</summary>
    public string Jurisdiction { get; set; } = "";

    /// <summary>What its sender is told of redress; empty takes that of the jurisdiction.</summary>
    public string Redress { get; set; } = "";

    /// <summary>What its sender is told of redress, by jurisdiction; stands before <see cref="Redress"/>.</summary>
    public Dictionary<string, string> RedressIn { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clock as a length of time.</summary>
    public TimeSpan Clock => TimeSpan.FromMinutes(Minutes);

    /// <summary>What a decision that follows it counts as (DSA transparency database).</summary>
    public static DecisionSourceType SourceOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Order => DecisionSourceType.AuthorityOrder,
        NoticeKind.Notice or NoticeKind.Request => DecisionSourceType.Article16Notice,
        NoticeKind.TrustedFlagger => DecisionSourceType.TrustedFlagger,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// What is shipped. Clocks that a law sets: removal orders under Regulation (EU) 2021/784, one hour; valid requests under the
    /// TAKE IT DOWN Act, 48 hours. The DSA sets no hours ("without undue delay"): those are our own targets.
    /// </summary>
    internal static Dictionary<string, NoticeType> Shipped() => new(StringComparer.Ordinal)
    {
        ["eu-terrorist-content"] = new() { Name = "EU terrorist-content removal order", Minutes = 60, ByLaw = true, Basis = "Regulation (EU) 2021/784, art. 3", Jurisdiction = "EU" },
        ["national-2h"] = new() { Name = "National order, 2 hours", Minutes = 120, ByLaw = true },
        ["national-3h"] = new() { Name = "National order, 3 hours", Minutes = 180, ByLaw = true },
        ["national-24h"] = new() { Name = "National order, 24 hours", Minutes = 1_440, ByLaw = true },
        ["intimate-image"] = new()
        {
            Name = "Intimate-image request", Kind = NoticeKind.Request, Minutes = 2_880, ByLaw = true, Basis = "TAKE IT DOWN Act (Public Law 119-12), sec. 3", Jurisdiction = "US",
        },
        ["dsa-9"] = new() { Name = "Order to act against illegal content", Minutes = 1_440, Basis = "Regulation (EU) 2022/2065 (DSA), art. 9" },
        ["dsa-10"] = new() { Name = "Order to provide information", Minutes = 4_320, Basis = "Regulation (EU) 2022/2065 (DSA), art. 10" },
        ["trusted-flagger"] = new() { Name = "Trusted flagger's notice", Kind = NoticeKind.TrustedFlagger, Minutes = 1_440, Basis = "Regulation (EU) 2022/2065 (DSA), art. 22" },
        ["dsa-16"] = new() { Name = "Notice of illegal content", Kind = NoticeKind.Notice, Minutes = 4_320, Basis = "Regulation (EU) 2022/2065 (DSA), art. 16" },
    };
}

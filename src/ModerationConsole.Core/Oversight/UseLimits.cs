using Microsoft.Extensions.Options;
using ModerationConsole.Core.Audit;

namespace ModerationConsole.Core.Oversight;

/// <summary>Section <c>Abuse</c>: from how much use by one person on auditors are told. 0 switches a limit off.</summary>
public sealed class UseLimits
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Abuse";

    /// <summary>The longest window, in hours.</summary>
    internal const int Longest = 24;

    private static readonly AuditAct[] s_reveals = [AuditAct.MediaViewed, AuditAct.FieldUnmasked];
    private static readonly AuditAct[] s_exports = [AuditAct.QualityExported, AuditAct.AuditProved, AuditAct.AuditExported, AuditAct.DataExported];
    private static readonly AuditAct[] s_lookUps = [AuditAct.CaseViewed, AuditAct.CasesSearched, AuditAct.ActorViewed, AuditAct.AuditSearched];

    /// <summary>Every act that counts as some use.</summary>
    internal static IReadOnlyList<AuditAct> Counted { get; } = [.. s_reveals, .. s_exports, .. s_lookUps];

    /// <summary><c>Abuse:RevealsPerHour</c>: at the desk and outside of it.</summary>
    public int RevealsPerHour { get; set; } = 2_000;

    /// <summary><c>Abuse:RevealsPerDay</c>.</summary>
    public int RevealsPerDay { get; set; } = 10_000;

    /// <summary><c>Abuse:RevealsByReasonPerHour</c>: outside a task only.</summary>
    public int RevealsByReasonPerHour { get; set; } = 60;

    /// <summary><c>Abuse:RevealsByReasonPerDay</c>.</summary>
    public int RevealsByReasonPerDay { get; set; } = 250;

    /// <summary><c>Abuse:ExportsPerHour</c>.</summary>
    public int ExportsPerHour { get; set; } = 20;

    /// <summary><c>Abuse:ExportsPerDay</c>.</summary>
    public int ExportsPerDay { get; set; } = 60;

    /// <summary><c>Abuse:LookUpsPerHour</c>.</summary>
    public int LookUpsPerHour { get; set; } = 400;

    /// <summary><c>Abuse:LookUpsPerDay</c>.</summary>
    public int LookUpsPerDay { get; set; } = 2_000;

    /// <summary>The limits that are switched on.</summary>
    internal IReadOnlyList<UseLimit> On() =>
    [
        .. new UseLimit[]
        {
            new(UseKind.Reveals, 1, RevealsPerHour), new(UseKind.Reveals, Longest, RevealsPerDay),
            new(UseKind.RevealsByReason, 1, RevealsByReasonPerHour), new(UseKind.RevealsByReason, Longest, RevealsByReasonPerDay),
            new(UseKind.Exports, 1, ExportsPerHour), new(UseKind.Exports, Longest, ExportsPerDay),
            new(UseKind.LookUps, 1, LookUpsPerHour), new(UseKind.LookUps, Longest, LookUpsPerDay),
        }.Where(limit => limit.Most > 0),
    ];

    /// <summary>What an act counts as.</summary>
    internal static IEnumerable<UseKind> KindsOf(AuditAct act, bool inTask)
    {
        if (s_reveals.Contains(act))
        {
            yield return UseKind.Reveals;
            if (!inTask)
            {
                yield return UseKind.RevealsByReason;
            }
        }
        else
        {
            yield return s_exports.Contains(act) ? UseKind.Exports : UseKind.LookUps;
        }
    }

    /// <summary>The entries that count as a kind of use.</summary>
    internal static IQueryable<AuditEntry> Entries(IQueryable<AuditEntry> all, UseKind kind)
    {
        AuditAct[] acts = kind switch
        {
            UseKind.Reveals or UseKind.RevealsByReason => s_reveals,
            UseKind.Exports => s_exports,
            UseKind.LookUps => s_lookUps,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        IQueryable<AuditEntry> counted = all.Where(entry => acts.Contains(entry.Act));
        return kind == UseKind.RevealsByReason ? counted.Where(entry => entry.TaskNumber == null) : counted;
    }
}

/// <summary>So often may one person do something within so many hours.</summary>
internal sealed record UseLimit(UseKind Kind, int Hours, int Most);

internal sealed class UseLimitsValidator : IValidateOptions<UseLimits>
{
    private const int Highest = 1_000_000;

    public ValidateOptionsResult Validate(string? name, UseLimits options)
    {
        string[] faults =
        [
            .. new (string Key, int Value)[]
            {
                (nameof(UseLimits.RevealsPerHour), options.RevealsPerHour), (nameof(UseLimits.RevealsPerDay), options.RevealsPerDay),
                (nameof(UseLimits.RevealsByReasonPerHour), options.RevealsByReasonPerHour), (nameof(UseLimits.RevealsByReasonPerDay), options.RevealsByReasonPerDay),
                (nameof(UseLimits.ExportsPerHour), options.ExportsPerHour), (nameof(UseLimits.ExportsPerDay), options.ExportsPerDay),
                (nameof(UseLimits.LookUpsPerHour), options.LookUpsPerHour), (nameof(UseLimits.LookUpsPerDay), options.LookUpsPerDay),
            }.Where(one => one.Value is < 0 or > Highest).Select(one => $"{UseLimits.Section}:{one.Key} must be between 0 and {Highest}; 0 switches it off."),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

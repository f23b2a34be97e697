using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Queues;

/// <summary>Cases that a person is not to be offered at the moment. It says neither why nor for how long, and is told to nobody.</summary>
/// <param name="Severe">Whether severe cases are among them, child-safety ones included.</param>
/// <param name="Policies">Ids of policies: cases that were reported under one of them are among them.</param>
public sealed record OfferBar(bool Severe, IReadOnlyList<string> Policies)
{
    /// <summary>Bars no case.</summary>
    public static OfferBar None { get; } = new(false, []);

    /// <summary>Whether severe cases are barred for minutes only, as in a pause.</summary>
    public bool Passing { get; init; }

    /// <summary>The part of it that will still hold when a pause is over: what counts when someone is looked for who may take a task.</summary>
    public OfferBar Lasting => Severe && Passing ? new OfferBar(false, Policies) : this;

    /// <summary>Whether it bars nothing.</summary>
    public bool IsNone => !Severe && Policies.Count == 0;

    /// <summary>The same for two that bar the same.</summary>
    public string Key => $"{Severe}|{string.Join('|', Policies)}";

    /// <summary>What either of two bars.</summary>
    public OfferBar With(OfferBar other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsNone ? this
            : IsNone ? other
            : new OfferBar(Severe || other.Severe, [.. Policies.Union(other.Policies).Order(StringComparer.Ordinal)])
            {
                Passing = (!Severe || Passing) && (!other.Severe || other.Passing),
            };
    }

    /// <summary>Numbers of the cases that it bars.</summary>
    public IQueryable<long> Cases(ConsoleDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        IReadOnlyList<string> policies = Policies;
        IQueryable<Case> cases = db.Set<Case>();
        cases = (Severe, policies.Count > 0) switch
        {
            (true, false) => cases.Severe(),
            (false, true) => cases.Where(about => db.Set<Report>().Any(report => report.CaseNumber == about.Number && policies.Contains(report.PolicyId))),
            (true, true) => cases.Where(about => about.Sensitivity != Sensitivity.Ordinary || about.Severity == Severity.Severe
                || db.Set<Report>().Any(report => report.CaseNumber == about.Number && policies.Contains(report.PolicyId))),
            (false, false) => cases.Where(_ => false),
        };
        return cases.Select(about => about.Number);
    }
}

/// <summary>Which cases count as severe.</summary>
public static class SevereCases
{
    /// <summary>Severe and child-safety items, and cases reported under a severe policy: what limits of exposure are about.</summary>
    public static IQueryable<Case> Severe(this IQueryable<Case> cases) =>
        cases.Where(about => about.Sensitivity != Sensitivity.Ordinary || about.Severity == Severity.Severe);
}

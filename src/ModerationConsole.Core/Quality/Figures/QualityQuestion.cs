using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>How far back figures look: whole days, UTC, today included.</summary>
public enum FigurePeriod
{
    Week = 7,
    FourWeeks = 28,
    Quarter = 90,
}

/// <summary>Of which decisions figures are wanted; what is null does not matter.</summary>
public sealed record QualityQuestion
{
    /// <summary>How far back.</summary>
    public FigurePeriod Period { get; init; } = FigurePeriod.FourWeeks;

    /// <summary>The policy that was named.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The queue it was decided in.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Language of the item, without region.</summary>
    public string? Language { get; init; }

    /// <summary>Who decided.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>
    /// Whether samples that are not judged yet are left out: who may be asked to judge one must not find its author by trying filters.
    /// </summary>
    internal bool OnlyEnded { get; init; }

    /// <summary>Each filter that is set, as decisions are counted by it.</summary>
    internal IReadOnlyList<(PopulationBy By, string Key)> Filters =>
    [
        .. new (PopulationBy By, string? Key)[]
        {
            (PopulationBy.Policy, PolicyId), (PopulationBy.Queue, QueueId?.ToString()), (PopulationBy.Language, Language), (PopulationBy.Decider, PersonId?.ToString()),
        }.Where(filter => filter.Key is not null).Select(filter => (filter.By, filter.Key!)),
    ];

    /// <summary>First day, UTC.</summary>
    internal DateOnly FirstDay(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - (int)Period);

    /// <summary>Its beginning.</summary>
    internal DateTimeOffset Begin(DateTimeOffset now) => new(FirstDay(now).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The samples that are meant, but for these cases.</summary>
    /// <param name="hidden">What <see cref="HiddenAsync"/> found.</param>
    internal IQueryable<QualitySample> Samples(ConsoleDbContext db, DateTimeOffset now, IReadOnlyList<long> hidden)
    {
        IQueryable<QualitySample> rows = Meant(db, now);
        return hidden.Count == 0 ? rows : rows.Where(row => !hidden.Contains(row.CaseNumber));
    }

    /// <summary>Cases that became child safety after samples of theirs were drawn: they are in no figure. The few such cases are walked, not the many samples.</summary>
    internal Task<List<long>> HiddenAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken) => db.Set<Case>()
        .Where(about => about.Sensitivity == Sensitivity.ChildSafety && Meant(db, now).Any(row => row.CaseNumber == about.Number))
        .Select(about => about.Number).ToListAsync(cancellationToken);

    /// <summary>The samples that are meant whenever they were decided; none about child safety.</summary>
    internal IQueryable<QualitySample> SamplesOfAnyTime(ConsoleDbContext db) => Filtered(db)
        .Where(row => !db.Set<Case>().Any(about => about.Number == row.CaseNumber && about.Sensitivity == Sensitivity.ChildSafety));

    private IQueryable<QualitySample> Meant(ConsoleDbContext db, DateTimeOffset now)
    {
        DateTimeOffset begin = Begin(now);
        return Filtered(db).Where(row => row.DecidedAt >= begin && row.DecidedAt <= now);
    }

    private IQueryable<QualitySample> Filtered(ConsoleDbContext db)
    {
        IQueryable<QualitySample> rows = db.Set<QualitySample>().AsNoTracking();
        rows = OnlyEnded ? rows.Where(row => !QualitySample.ToJudge.Contains(row.State)) : rows;
        rows = PolicyId is { } policy ? rows.Where(row => row.PolicyId == policy) : rows;
        rows = QueueId is { } queue ? rows.Where(row => row.QueueId == queue) : rows;
        rows = Language is { } language ? rows.Where(row => row.Language == language) : rows;
        return PersonId is { } person ? rows.Where(row => row.DeciderId == person) : rows;
    }
}

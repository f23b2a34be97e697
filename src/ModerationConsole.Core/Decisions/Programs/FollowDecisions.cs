using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Programs;

/// <summary>Where a reading of decisions stands: they are read in the order in which they became final.</summary>
/// <param name="At">When the last one that was read became final, UTC.</param>
/// <param name="CaseNumber">Its case; tells apart what became final in one moment.</param>
public sealed record DecisionPlace(DateTimeOffset At, long CaseNumber)
{
    /// <summary>The place as programs carry it.</summary>
    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks / TimeSpan.TicksPerMicrosecond}-{CaseNumber}");

    /// <summary>Reads a place that <see cref="Write"/> wrote; null when it is none.</summary>
    public static DecisionPlace? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('-') is [{ } at, { } number]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds <= Instant.Never.UtcTicks / TimeSpan.TicksPerMicrosecond
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long caseNumber)
                ? new DecisionPlace(new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), caseNumber)
                : null;
    }
}

/// <summary>Decisions that became final after a place.</summary>
/// <param name="Next">From where to go on, now or later.</param>
public sealed record DecisionsSince(IReadOnlyList<ProgramDecision> Decisions, DecisionPlace Next);

/// <summary>Lets programs follow decisions as they become final; none is passed over and none shown that was taken back.</summary>
[Requires(Permission.ReadCases)]
public sealed class FollowDecisions(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Most decisions of one part.</summary>
    public const int MostAtOnce = 200;

    /// <summary>A write that began this long ago may still be on its way with an earlier time; before that, nothing comes any more.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>Reads the next part after a place.</summary>
    public async Task<DecisionsSince> RunAsync(Caller caller, DecisionPlace since, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<FollowDecisions>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(since);
        DateTimeOffset until = clock.Now() - Settled;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> cases = await db.CasesForAsync(caller, guard, cancellationToken).ConfigureAwait(false);
            // The place that is told must be one the program may know of, so what it may not is never counted.
            IQueryable<Decision> next = db.Judgements()
                .Where(row => cases.Any(about => about.Number == row.CaseNumber))
                .Where(row => row.UndoUntil <= until && (row.UndoUntil > since.At || (row.UndoUntil == since.At && row.CaseNumber > since.CaseNumber)))
                .OrderBy(row => row.UndoUntil).ThenBy(row => row.CaseNumber)
                .Take(MostAtOnce);
            var places = await next.Select(row => new { row.UndoUntil, row.CaseNumber }).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<ProgramDecision> decisions = await db.ReadDecisionsAsync(
                next.Where(row => row.State != DecisionState.Undone),
                cases,
                cancellationToken).ConfigureAwait(false);
            return new DecisionsSince(decisions, places is [.., { } last] ? new DecisionPlace(last.UndoUntil, last.CaseNumber) : since);
        }
    }
}

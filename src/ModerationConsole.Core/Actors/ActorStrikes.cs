using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>Whether the strikes of a violation count.</summary>
public enum StrikeState
{
    /// <summary>They count.</summary>
    Counts,

    /// <summary>The decision can still be taken back: they count from when it cannot.</summary>
    NotYet,

    /// <summary>Their time is over.</summary>
    Expired,

    /// <summary>The decision was reversed: they are gone.</summary>
    Reversed,
}

/// <summary>What one violation puts on an account.</summary>
public sealed record ActorStrike(
    long CaseNumber, DateTimeOffset At, string? PolicyName, string? PolicyCode, Severity Severity, int Count, DateTimeOffset ExpiresAt, StrikeState State)
{
    /// <summary>The decision that found it.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>Until when it can be taken back, UTC.</summary>
    public DateTimeOffset UndoUntil { get; init; }
}

/// <summary>
/// The strikes of an account, always reckoned from the decisions themselves: a decision in force whose undo window is over counts as
/// its policy's severity then weighs, and one that is reversed, by whom and why ever, counts no more. So nothing can be forgotten
/// to be subtracted, and verdicts that measure, which are no decisions about a case, never count.
/// </summary>
internal static class ActorStrikes
{
    // The newest of an account are looked at: whoever has more is over every step.
    private const int Most = 200;

    /// <summary>Violations of an account, the newest first.</summary>
    /// <param name="asOf">What is as late is not known of, UTC; <see cref="Instant.Never"/> for what is known now.</param>
    public static async Task<List<ActorStrike>> OfAsync(
        ConsoleDbContext db, IQueryable<Case> visible, PlatformActor account, StrikeTable table, DateTimeOffset now, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        IQueryable<Decision> known = db.Judgements().Where(row => row.DecidedAt < asOf && row.State != DecisionState.Undone);
        var rows = await (
            from decision in known
            join about in visible on decision.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join version in db.Set<PolicyVersion>() on decision.PolicyVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            where decision.Verdict == Verdict.Violation
                && ((item.CreatorId == account.Id && item.CreatorTypeId == account.TypeId) || (item.ItemId == account.Id && item.TypeId == account.TypeId))
            orderby decision.DecidedAt descending
            select new
            {
                decision.Id,
                decision.CaseNumber,
                decision.DecidedAt,
                decision.UndoUntil,
                Name = version == null ? null : version.Name,
                Code = version == null ? null : version.Code,
                Severity = version == null ? Severity.None : version.Severity,
                Reversed = known.Any(later => later.ReversesId == decision.Id),
            }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row =>
        {
            StrikeWeight weight = table.Of(row.Severity);
            DateTimeOffset expires = row.DecidedAt.AddDays(weight.ExpiryDays);
            StrikeState state = row.Reversed ? StrikeState.Reversed
                : row.UndoUntil >= now ? StrikeState.NotYet
                : expires <= now ? StrikeState.Expired
                : StrikeState.Counts;
            return new ActorStrike(row.CaseNumber, row.DecidedAt, row.Name, row.Code, row.Severity, weight.Count, expires, state) { DecisionId = row.Id, UndoUntil = row.UndoUntil };
        })];
    }

    /// <summary>What counts.</summary>
    public static int Sum(IEnumerable<ActorStrike> strikes) => strikes.Where(strike => strike.State == StrikeState.Counts).Sum(strike => strike.Count);
}

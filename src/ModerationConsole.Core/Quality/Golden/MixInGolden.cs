using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>
/// Mixes golden cases into people's work, at the rate that is set, and retires those that measure no more. Who may look up what
/// was agreed is given none.
/// </summary>
public sealed class MixInGolden(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, NodeDuties nodes, TimeProvider clock, ILogger<MixInGolden> log)
    : PeriodicWork(TimeSpan.FromMinutes(1), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        List<(Guid Golden, GoldenRetirement Why)> outdated;
        List<Guid> left;
        bool handedOn;
        List<GoldenDue> due;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            outdated = await OutdatedAsync(db, now, cancellationToken).ConfigureAwait(false);
            left = await GoldenRetiring.Left(db, now).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            handedOn = await GoldenRetiring.HandedOn(db).AnyAsync(cancellationToken).ConfigureAwait(false);
            due = await DueAsync(db, now, cancellationToken).ConfigureAwait(false);
        }

        foreach ((Guid golden, GoldenRetirement why) in outdated)
        {
            await writes.RunAsync(
                (scope, token) => scope.ChangeGoldenAsync(scope.Db.Set<GoldenCase>(), golden, row => scope.RetireAsync(Caller.System, row, why, token), token),
                cancellationToken).ConfigureAwait(false);
        }

        if (left.Count > 0)
        {
            await writes.RunAsync((scope, token) => WithdrawAsync(scope, left, token), cancellationToken).ConfigureAwait(false);
        }

        if (handedOn)
        {
            await writes.RunAsync((scope, token) => scope.CloseHandedOnAsync(token), cancellationToken).ConfigureAwait(false);
        }

        foreach (GoldenDue one in due)
        {
            IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(Caller.Person(one.PersonId), cancellationToken).ConfigureAwait(false);
            if (permissions.Contains(Permission.ReviewCases) && !permissions.Contains(Permission.AdjudicateQuality) && !permissions.Contains(Permission.RunQuality))
            {
                await writes.RunAsync((scope, token) => scope.GiveGoldenAsync(one, permissions, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<List<GoldenDue>> DueAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        double rate = (await db.QualitySettingsAsync(cancellationToken).ConfigureAwait(false)).GoldenRate;
        return rate > 0 && await db.Set<GoldenCase>().AnyAsync(row => row.State == GoldenState.Active, cancellationToken).ConfigureAwait(false)
            ? await GoldenDue.ReadAsync(db, rate, now, cancellationToken).ConfigureAwait(false)
            : [];
    }

    private static async Task<List<(Guid Golden, GoldenRetirement Why)>> OutdatedAsync(ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IQueryable<GoldenCase> active = db.Set<GoldenCase>().Where(row => row.State == GoldenState.Active);
        IQueryable<Case> cases = db.Set<Case>().MayMeasure();
        IQueryable<Guid> inForce = db.PoliciesInForce();
        List<(Guid Golden, GoldenRetirement Why)> outdated = [];
        async Task AddAsync(GoldenRetirement why, IQueryable<GoldenCase> golden) =>
            outdated.AddRange((await golden.Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)).Select(id => (id, why)));

        await AddAsync(GoldenRetirement.CaseGone, active.Where(row => !cases.Any(about => about.Number == row.CaseNumber))).ConfigureAwait(false);
        await AddAsync(GoldenRetirement.PolicyChanged, active.Where(row => row.PolicyVersionId != null && !inForce.Any(id => id == row.PolicyVersionId))).ConfigureAwait(false);
        await AddAsync(GoldenRetirement.DecisionReplaced, active.Where(row => db.Set<Decision>()
            .Any(later => later.CaseNumber == row.CaseNumber && later.ReversesId != null && later.DecidedAt > row.MadeAt))).ConfigureAwait(false);
        outdated.AddRange((await StrongReviewers.FailedAsync(db, now, cancellationToken).ConfigureAwait(false)).Select(id => (id, GoldenRetirement.StrongReviewersFailed)));
        return [.. outdated.DistinctBy(row => row.Golden)];
    }

    private static async Task<int> WithdrawAsync(WriteScope scope, List<Guid> ids, CancellationToken cancellationToken)
    {
        List<GoldenAnswer> left = await GoldenRetiring.Left(scope.Db, scope.Now).Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        await scope.WithdrawGoldenAsync(left, cancellationToken).ConfigureAwait(false);
        return left.Count;
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>What a second look at a decision of one's own found.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="Policy">Name of the policy that was named.</param>
/// <param name="Scored">False where the policy was found ambiguous: it counts neither way.</param>
/// <param name="Dispute">Where a dispute about it stands; null where there is none.</param>
public sealed record MyResultRow(
    Guid Id, long CaseNumber, DateTimeOffset DecidedAt, DateTimeOffset ReleasedAt, Verdict Verdict, string? Policy, bool Wrong, bool Scored,
    ErrorKind? Error, DateTimeOffset? SeenAt, DisputeState? Dispute);

/// <summary>A part of one's own results.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="More">Whether there are older ones.</param>
/// <param name="Right">How many of all were right.</param>
/// <param name="Wrong">How many of all were wrong.</param>
/// <param name="NotCounted">How many of all count neither way.</param>
public sealed record MyResults(IReadOnlyList<MyResultRow> Rows, bool More, int Right, int Wrong, int NotCounted);

/// <summary>What second looks at the caller's own decisions found, right ones too. Nobody who looked is named, and nobody else's are listed.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ListMyResults(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Part = 50;

    /// <summary>Lists a part of them.</summary>
    /// <param name="after">The last result of the part before; null for the newest.</param>
    public async Task<MyResults> RunAsync(Caller caller, Guid? after, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMyResults>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<QualitySample> mine = db.ResultsOf(caller.Id).AsNoTracking();
            Dictionary<(bool Scored, bool Wrong), int> counts = (await mine.GroupBy(sample => new { sample.Scored, sample.Wrong })
                .Select(group => new { group.Key.Scored, group.Key.Wrong, Count = group.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToDictionary(group => (group.Scored, group.Wrong == true), group => group.Count);
            if (after is { } last && await mine.Where(sample => sample.Id == last).Select(sample => sample.ReleasedAt).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } at)
            {
                mine = mine.Where(sample => sample.ReleasedAt < at || (sample.ReleasedAt == at && sample.Id.CompareTo(last) < 0));
            }

            List<MyResultRow> rows = await (
                from sample in mine
                join decision in db.Set<Decision>() on sample.DecisionId equals decision.Id
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                join dispute in db.Set<Dispute>() on sample.Id equals dispute.SampleId into disputes
                from dispute in disputes.DefaultIfEmpty()
                orderby sample.ReleasedAt descending, sample.Id descending
                select new MyResultRow(
                    sample.Id, sample.CaseNumber, sample.DecidedAt, sample.ReleasedAt!.Value, sample.Verdict, policy == null ? null : policy.Name,
                    sample.Wrong!.Value, sample.Scored, sample.Error, sample.SeenAt, dispute == null ? null : dispute.State))
                .Take(Part + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new MyResults(
                [.. rows.Take(Part)], rows.Count > Part, counts.GetValueOrDefault((true, false)), counts.GetValueOrDefault((true, true)),
                counts.GetValueOrDefault((false, false)) + counts.GetValueOrDefault((false, true)));
        }
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Reviewing;

/// <summary>What one of two people found. Who they are, and which of them decided first, is not told.</summary>
/// <param name="Verdict">Null where there is none: who was asked handed it on, see <see cref="Question"/>.</param>
/// <param name="Actions">Names of the actions.</param>
public sealed record UnnamedOpinion(
    Verdict? Verdict, string? PolicyName, string? PolicyCode, IReadOnlyList<string> Actions, string? ReasonForUser, string? InternalNote)
{
    /// <summary>What was asked instead of judging it; empty where nothing was said or it is not kept any more.</summary>
    public string? Question { get; init; }
}

/// <summary>
/// The two opinions that a third person is to decide between, for who has that task in hand. Where the second handed it on there is
/// nothing to decide between: only their question is shown, so that the third judges as blind as the second would have.
/// </summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ReadOpinions(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The opinions, in an order that tells nothing; none where the caller does not hold the task.</summary>
    public async Task<IReadOnlyList<UnnamedOpinion>> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadOpinions>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var sample = await (
                from row in db.Set<QualitySample>()
                join lease in db.Set<ActiveLease>() on row.AdjudicationTask equals lease.TaskNumber
                where row.AdjudicationTask == taskNumber && lease.PersonId == caller.Id
                select new { row.Id, row.DecisionId, row.ReviewId, row.TaskNumber, row.ReviewerId }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (sample is null)
            {
                return [];
            }

            if (sample.ReviewId is null)
            {
                string? kept = await db.Set<Draft>().Where(draft => draft.TaskNumber == sample.TaskNumber && draft.PersonId == sample.ReviewerId)
                    .Select(draft => draft.Content).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                return [new UnnamedOpinion(Verdict: null, null, null, [], null, null) { Question = KeptQuestion.Read(kept) ?? "" }];
            }

            var rows = await (
                from decision in db.Set<Decision>().AsNoTracking()
                where decision.Id == sample.DecisionId || decision.Id == sample.ReviewId
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                select new { Decision = decision, Name = policy == null ? null : policy.Name, Code = policy == null ? null : policy.Code })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            string[] actionIds = [.. rows.SelectMany(row => ActionScope.List(row.Decision.Actions)).Distinct()];
            Dictionary<string, string> actions = await db.Set<ActionDefinition>().Where(action => actionIds.Contains(action.Id))
                .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
            // By turns one or the other comes first, always the same for one sample.
            bool turned = (sample.Id.ToByteArray()[^1] & 1) == 1;
            return
            [
                .. rows.OrderBy(row => row.Decision.Id == sample.DecisionId == turned).Select(row => new UnnamedOpinion(
                    row.Decision.Verdict, row.Name, row.Code, [.. ActionScope.List(row.Decision.Actions).Select(id => actions.GetValueOrDefault(id, id))],
                    row.Decision.ReasonForUser, row.Decision.InternalNote)),
            ];
        }
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>A decision that was found wrong, with all three verdicts on it and nobody's name.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Review">What who judged it again found.</param>
/// <param name="Final">What the third person found.</param>
/// <param name="Right">What it should have been.</param>
/// <param name="RightPolicy">The policy it should have named.</param>
/// <param name="Fitting">Kinds of error that the verdicts allow.</param>
/// <param name="Proposed">The kind that was proposed when it was found wrong.</param>
public sealed record ToExplain(
    Guid SampleId, long CaseNumber, DateTimeOffset DecidedAt, JudgedVerdict Decision, JudgedVerdict? Review, JudgedVerdict? Final,
    Verdict Right, NamedPolicy? RightPolicy, IReadOnlyList<ErrorKind> Fitting, ErrorKind? Proposed);

/// <summary>Shows what the caller is to explain to the author of a decision.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ReadToExplain(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it; null where there is none that the caller is to explain.</summary>
    public async Task<ToExplain?> RunAsync(Caller caller, Guid sampleId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadToExplain>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            QualitySample? sample = await db.ToExplainBy(caller.Id).AsNoTracking().SingleOrDefaultAsync(row => row.Id == sampleId, cancellationToken).ConfigureAwait(false);
            if (sample is not { RightVerdict: { } right })
            {
                return null;
            }

            IReadOnlyDictionary<Guid, JudgedVerdict> verdicts = await db.VerdictsAsync(
                [sample.DecisionId, sample.ReviewId, sample.AdjudicationId], cancellationToken).ConfigureAwait(false);
            return new ToExplain(
                sample.Id, sample.CaseNumber, sample.DecidedAt, verdicts[sample.DecisionId], verdicts.GetValueOrDefault(sample.ReviewId ?? Guid.Empty),
                verdicts.GetValueOrDefault(sample.AdjudicationId ?? Guid.Empty), right,
                await db.RightPolicyAsync(sample, cancellationToken).ConfigureAwait(false), ErrorKinds.Fitting(sample.Verdict, right), sample.Error);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>
/// Notes that the author has a result before their eyes: from the first time on their days to dispute it run. Called by a page that is
/// being looked at, never by one that is only read ahead.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class SeeResult(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Notes it once.</summary>
    /// <returns>Whether this was the first time.</returns>
    public async Task<bool> RunAsync(Caller caller, Guid resultId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SeeResult>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                QualitySample? sample = await scope.Db.ResultsOf(caller.Id).SingleOrDefaultAsync(row => row.Id == resultId, token).ConfigureAwait(false);
                return sample is not null && await SeeAsync(scope, caller, sample, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<bool> SeeAsync(WriteScope scope, Caller caller, QualitySample sample, CancellationToken cancellationToken)
    {
        if (sample.SeenAt is not null)
        {
            return false;
        }

        sample.SeenAt = scope.Now;
        scope.Record(caller, AuditAct.ResultSeen, sample.CaseNumber, subject: sample.Id.ToString());
        await scope.UntellAsync(caller.Id, ExplainResult.Key(sample.Id), cancellationToken).ConfigureAwait(false);
        return true;
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>What came of saving opt-outs.</summary>
public enum SaveOptOutsOutcome
{
    Saved,
    UnknownPolicy,
}

/// <summary>The caller says which categories they do not want to be offered. No reason is asked, nobody is told; only the router reads it.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class SaveOptOuts(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Replaces the caller's opt-outs.</summary>
    /// <param name="policies">Ids of policies; each stands for all below it.</param>
    public async Task<SaveOptOutsOutcome> RunAsync(Caller caller, IReadOnlyCollection<string> policies, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveOptOuts>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(policies);
        string[] ids = [.. policies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string joined = string.Join(',', ids);
        if (joined.Length > TextLength.Note)
        {
            return SaveOptOutsOutcome.UnknownPolicy;
        }

        return await writes.RunAsync(
            async (scope, token) =>
            {
                if (await scope.Db.Set<Policy>().CountAsync(row => ids.Contains(row.Id), token).ConfigureAwait(false) < ids.Length)
                {
                    return SaveOptOutsOutcome.UnknownPolicy;
                }

                (await scope.WishesAsync(caller.Id, token).ConfigureAwait(false)).OptOuts = joined;
                scope.Publish(LiveKind.PersonChanged, personId: caller.Id);
                return SaveOptOutsOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

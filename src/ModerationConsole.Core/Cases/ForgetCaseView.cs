using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Deletes a saved view of the caller's own.</summary>
[Requires(Permission.ViewCases)]
public sealed class ForgetCaseView(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Deletes it; false when there is none of the caller's under that id.</summary>
    public async Task<bool> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ForgetCaseView>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                SavedView? view = await scope.Db.Set<SavedView>().SingleOrDefaultAsync(row => row.Id == id && row.PersonId == caller.Id, token).ConfigureAwait(false);
                if (view is null)
                {
                    return false;
                }

                scope.Db.Remove(view);
                scope.Record(caller, AuditAct.CaseViewForgotten, subject: id.ToString());
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

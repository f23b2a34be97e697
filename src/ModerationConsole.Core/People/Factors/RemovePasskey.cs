using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Takes one of the caller's passkeys away. Their other sessions end.</summary>
[Requires(Permission.UseConsole)]
public sealed class RemovePasskey(WritePath writes, IAccessGuard guard, IRecentProof proof, IOptions<SecondFactorOptions> options) : IUseCase
{
    /// <summary>Takes it away.</summary>
    /// <param name="id">As <see cref="ListMyPasskeys"/> names it.</param>
    public async Task<FactorResult> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RemovePasskey>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(id);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return FactorResult.ProveFirst;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                IQueryable<IdentityUserPasskey<Guid>> all = scope.Db.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == caller.Id);
                List<byte[]> mine = await all.Select(row => row.CredentialId).ToListAsync(cancel).ConfigureAwait(false);
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account)
                    || mine.SingleOrDefault(row => Base64Url.EncodeToString(row) == id) is not { } gone)
                {
                    return FactorResult.NotNow;
                }

                if (mine.Count == 1 && !account.TwoFactorEnabled
                    && await scope.Db.NeedsSecondFactorAsync(caller.Id, options.Value, cancel).ConfigureAwait(false))
                {
                    return FactorResult.Required;
                }

                await all.Where(row => row.CredentialId == gone).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
                scope.Record(caller, AuditAct.SecondFactorRemoved, subject: caller.Id.ToString(), details: new Dictionary<string, object?> { ["kind"] = "passkey" });
                await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.AccountChanged, guard, cancel, but: caller.SessionId).ConfigureAwait(false);
                scope.TellOf(caller.Id, PersonChange.Password, guard);
                return FactorResult.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

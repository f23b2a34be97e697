using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Calls one of the caller's passkeys something else. It opens what it opened.</summary>
[Requires(Permission.UseConsole)]
public sealed class RenamePasskey(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Renames it; false where it is none of the caller's, or the name is none.</summary>
    /// <param name="id">As <see cref="ListMyPasskeys"/> names it.</param>
    /// <param name="name">Up to 100 characters.</param>
    public async Task<bool> RunAsync(Caller caller, string id, string name, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RenamePasskey>(caller, cancellationToken).ConfigureAwait(false);
        if (PersonText.Name(name) is not { } called)
        {
            return false;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                List<IdentityUserPasskey<Guid>> mine = await scope.Db.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == caller.Id).ToListAsync(cancel)
                    .ConfigureAwait(false);
                if (mine.SingleOrDefault(row => Base64Url.EncodeToString(row.CredentialId) == id) is not { } passkey)
                {
                    return false;
                }

                passkey.Data.Name = called;
                scope.Record(caller, AuditAct.PasskeyRenamed, subject: caller.Id.ToString());
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

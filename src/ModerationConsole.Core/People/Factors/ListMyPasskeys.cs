using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Lists the caller's own passkeys, the oldest first.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListMyPasskeys(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads them.</summary>
    public async Task<IReadOnlyList<PasskeyRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMyPasskeys>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<IdentityUserPasskey<Guid>> rows = await db.Set<IdentityUserPasskey<Guid>>().AsNoTracking()
                .Where(row => row.UserId == caller.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.OrderBy(row => row.Data.CreatedAt)
                .Select(row => new PasskeyRow(Base64Url.EncodeToString(row.CredentialId), row.Data.Name ?? "", row.Data.CreatedAt))];
        }
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Inbox;

/// <summary>Settles an entry of the caller's own inbox. Nobody else has to do with it, so nothing of it is audited.</summary>
[Requires(Permission.UseConsole)]
public sealed class CloseInboxItem(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Settles what stands under a key; what a source tells is put away until something newer needs the caller.</summary>
    public async Task<bool> RunAsync(Caller caller, string key, InboxKind kind, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CloseInboxItem>(caller, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(key) || key.Length > TextLength.Id)
        {
            return false;
        }

        return await writes.RunAsync(
            async (scope, token) =>
            {
                InboxItem? item = await scope.Db.Set<InboxItem>().SingleOrDefaultAsync(row => row.PersonId == caller.Id && row.Key == key, token).ConfigureAwait(false);
                if (item is null)
                {
                    item = new InboxItem { PersonId = caller.Id, Key = key, Kind = kind, At = scope.Now };
                    scope.Db.Add(item);
                }

                item.SettledAt = scope.Now;
                scope.Publish(LiveKind.InboxChanged, personId: caller.Id);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Inbox;

/// <summary>Entries of inboxes about cases.</summary>
internal sealed class InboxRecords : ICaseRecords
{
    public int Floor => 4;

    public Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<InboxItem>().Where(row => cases.Contains(row.CaseNumber!.Value)).ExecuteDeleteAsync(cancellationToken);

    // An entry holds ids and codes only.
    public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) => Task.CompletedTask;
}

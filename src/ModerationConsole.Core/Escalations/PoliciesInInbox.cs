using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>Names policies in inboxes by the number and name that people know.</summary>
internal sealed class PoliciesInInbox : IInboxNames
{
    public bool Names(InboxKind kind) => kind == InboxKind.PrecedentsSuperseded;

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(ConsoleDbContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken) =>
        await db.Set<Policy>().Where(policy => subjects.Contains(policy.Id))
            .ToDictionaryAsync(policy => policy.Id, policy => $"{policy.Code} {policy.Name}", StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
}

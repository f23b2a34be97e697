using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Inbox;

/// <summary>Tells people something inside the write in which it happens.</summary>
public static class InboxPost
{
    /// <summary>Puts an entry into a person's inbox; told again under the same key it needs them again.</summary>
    /// <param name="subject">A code or an id, never content.</param>
    public static async Task TellAsync(
        this WriteScope scope, Guid personId, InboxKind kind, string key, CancellationToken cancellationToken,
        long? caseNumber = null, long? taskNumber = null, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        InboxItem? item = await scope.Db.Set<InboxItem>().SingleOrDefaultAsync(row => row.PersonId == personId && row.Key == key, cancellationToken).ConfigureAwait(false);
        if (item is null)
        {
            item = new InboxItem { PersonId = personId, Key = key };
            scope.Db.Add(item);
        }

        (item.Kind, item.At, item.CaseNumber, item.TaskNumber, item.Subject, item.SettledAt) = (kind, scope.Now, caseNumber, taskNumber, subject, null);
        scope.Publish(LiveKind.InboxChanged, personId: personId);
    }

    /// <summary>Takes back what was told, because it is not so any more.</summary>
    public static async Task UntellAsync(this WriteScope scope, Guid personId, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        InboxItem? item = await scope.Db.Set<InboxItem>().SingleOrDefaultAsync(row => row.PersonId == personId && row.Key == key, cancellationToken).ConfigureAwait(false);
        if (item is not null)
        {
            scope.Db.Remove(item);
            scope.Publish(LiveKind.InboxChanged, personId: personId);
        }
    }
}

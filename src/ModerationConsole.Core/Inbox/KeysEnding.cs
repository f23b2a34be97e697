using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Inbox;

/// <summary>Tells those who manage keys of one that is about to end and has no successor: two weeks before, and again three days before.</summary>
internal sealed class KeysEnding : IInboxSource
{
    private static readonly TimeSpan s_first = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_last = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.ManageKeys))
        {
            return [];
        }

        (DateTimeOffset now, DateTimeOffset until) = (question.Now, question.Now + s_first);
        var ending = await question.Db.Set<ApiKey>()
            .Where(key => key.RevokedAt == null && key.SuccessorId == null && key.ExpiresAt > now && key.ExpiresAt <= until)
            .Select(key => new { key.Id, key.Name, key.CreatedAt, EndsAt = key.ExpiresAt!.Value }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. ending.Select(key => new InboxEntry(
                $"key-ending:{key.Id}", InboxKind.KeyEnding, Since(key.CreatedAt, key.EndsAt, now), Subject: key.Id.ToString(), Name: key.Name, DueAt: key.EndsAt)),
        ];
    }

    // What was put away comes back when the last days begin.
    private static DateTimeOffset Since(DateTimeOffset made, DateTimeOffset ends, DateTimeOffset now)
    {
        DateTimeOffset told = ends - (ends - s_last <= now ? s_last : s_first);
        return Instant.Cut(told > made ? told : made);
    }
}

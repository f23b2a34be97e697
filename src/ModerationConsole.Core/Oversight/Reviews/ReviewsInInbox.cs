using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>Tells those who answer reviews of one that waits for them: when it begins, and again three days before it is due.</summary>
internal sealed class ReviewsInInbox : IInboxSource
{
    private static readonly TimeSpan s_last = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.ReviewAccess))
        {
            return [];
        }

        var open = await question.Db.Set<AccessReview>().Where(row => row.ClosedAt == null)
            .Select(row => new
            {
                row.Number,
                row.StartedAt,
                row.DueAt,
                Waiting = question.Db.Set<ReviewLine>().Count(line => line.Review == row.Number && line.State == ReviewLineState.Waiting
                    && (line.PersonId == null || line.PersonId != question.PersonId)),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. open.Where(row => row.Waiting > 0).Select(row => new InboxEntry(
                $"access-review:{row.Number}", InboxKind.AccessReviewDue, Instant.Cut(row.DueAt - s_last <= question.Now ? row.DueAt - s_last : row.StartedAt),
                Subject: $"{row.Number}", Count: row.Waiting, DueAt: row.DueAt)),
        ];
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>What answering and expiring share.</summary>
internal static class ReviewCourse
{
    /// <summary>Keeps in the audit what became of a line.</summary>
    public static void RecordLine(this WriteScope scope, Caller caller, AuditAct act, ReviewLine line) =>
        scope.Record(caller, act, subject: $"{line.PersonId ?? line.KeyId}", details: new Dictionary<string, object?>
        {
            ["permission"] = line.Permission?.ToString(), ["review"] = line.Review, ["role"] = line.RoleId, ["state"] = line.State.ToString(),
        });

    /// <summary>Closes a review of which no line waits any more.</summary>
    public static async Task CloseAnsweredAsync(this WriteScope scope, int number, CancellationToken cancellationToken)
    {
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        AccessReview review = await scope.Db.Set<AccessReview>().SingleAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        // Two who answer its last lines at once meet here: one of them sees that none is left.
        scope.Db.Entry(review).Property(row => row.Version).IsModified = true;
        if (review.ClosedAt is null
            && !await scope.Db.Set<ReviewLine>().AnyAsync(row => row.Review == number && row.State == ReviewLineState.Waiting, cancellationToken).ConfigureAwait(false))
        {
            review.ClosedAt = scope.Now;
            scope.Record(Caller.System, AuditAct.AccessReviewClosed, subject: $"{number}");
        }
    }

    /// <summary>Lets the inboxes of those who answer reviews be read again, and their pages be drawn anew.</summary>
    public static async Task TellReviewersAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        List<Guid> told = await scope.Db.PeopleHolding(Permission.ReviewAccess).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        told.ForEach(person => scope.Publish(LiveKind.InboxChanged, personId: person));
    }
}

using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>Reviews of who may do what, from their closing: first their lines, then they themselves.</summary>
internal sealed class ReviewsClass : IRecordClass
{
    public string Name => RecordClasses.AccessReviews;

    public int DefaultDays => 730;

    public int LeastDays => 90;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await pass.RemoveAllAsync(
            scope => scope.Db.Set<ReviewLine>().Where(line => scope.Db.Set<AccessReview>().Any(row => row.Number == line.Review && row.ClosedAt < before)).OrderBy(line => line.Review),
            cancellationToken).ConfigureAwait(false);
        // The last one stays: what the next is counted and timed from.
        await pass.RemoveAllAsync(
            scope => scope.Db.Set<AccessReview>()
                .Where(row => row.ClosedAt < before && scope.Db.Set<AccessReview>().Any(later => later.Number > row.Number)
                    && !scope.Db.Set<ReviewLine>().Any(line => line.Review == row.Number)).OrderBy(row => row.Number),
            cancellationToken).ConfigureAwait(false);
    }
}

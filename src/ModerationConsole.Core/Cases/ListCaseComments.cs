using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Cases;

/// <summary>A comment to read.</summary>
/// <param name="Person">Who wrote it; null where the console did.</param>
/// <param name="OnThisCase">False where it stands beside a case about another version of the item.</param>
public sealed record CommentRow(Guid Id, DateTimeOffset At, string? Person, string Text, bool OnThisCase);

/// <summary>The comments on a case and on the cases about other versions of its item, oldest first.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCaseComments(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SharedSight sight, SharedReads<(long Number, bool ChildSafety), IReadOnlyList<CommentRow>> reads) : IUseCase
{
    private const int Most = 100;

    /// <summary>Reads them; none for a case that the caller may not know of.</summary>
    public async Task<IReadOnlyList<CommentRow>> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCaseComments>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return !await sight.IsThereAsync(caller, caseNumber, permissions, cancellationToken).ConfigureAwait(false) ? [] : await reads.GetAsync(
            (caseNumber, permissions.Contains(Permission.ChildSafety)), () => ReadAsync(caseNumber, permissions), cancellationToken).ConfigureAwait(false);
    }

    /// <param name="before">Those that are as late are left out, UTC.</param>
    /// <param name="notBy">Someone whose comments are left out.</param>
    internal static async Task<IReadOnlyList<CommentRow>> ReadAsync(
        ConsoleDbContext db, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken, DateTimeOffset? before = null,
        Guid? notBy = null)
    {
        DateTimeOffset until = before ?? Instant.Never;
        // The newest, if there are very many, shown in the order in which they were written.
        List<CommentRow> newest = await (
            from shown in db.Set<Case>().VisibleWith(permissions)
            join item in db.Set<ItemVersion>() on shown.ItemVersionId equals item.Id
            join other in db.Set<ItemVersion>() on new { item.ItemId, item.TypeId } equals new { other.ItemId, other.TypeId }
            join about in db.Set<Case>().VisibleWith(permissions) on other.Id equals about.ItemVersionId
            join comment in db.Set<CaseComment>() on about.Number equals comment.CaseNumber
            where shown.Number == caseNumber && comment.At < until && (notBy == null || comment.PersonId == null || comment.PersonId != notBy)
            join person in db.Set<Moderator>() on comment.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby comment.At descending, comment.Id descending
            select new CommentRow(comment.Id, comment.At, person == null ? null : person.DisplayName, comment.Text, about.Number == caseNumber))
            .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        newest.Reverse();
        return newest;
    }

    private async Task<IReadOnlyList<CommentRow>> ReadAsync(long caseNumber, IReadOnlySet<Permission> permissions)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await ReadAsync(db, caseNumber, permissions, CancellationToken.None).ConfigureAwait(false);
        }
    }
}

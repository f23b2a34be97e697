using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>A note in a list, for one of the two whom it is between.</summary>
/// <param name="With">Name of the other of the two.</param>
/// <param name="ReadAt">When its receiver first read it, UTC.</param>
public sealed record CoachingRow(Guid Id, string With, long CaseNumber, DateTimeOffset SentAt, DateTimeOffset? ReadAt);

/// <summary>A part of a person's notes.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="More">Whether there are older ones.</param>
public sealed record CoachingNotes(IReadOnlyList<CoachingRow> Rows, bool More);

/// <summary>Which notes can be read.</summary>
internal static class CoachingSight
{
    private const int Part = 50;

    /// <summary>Notes that a person sent or was sent, about cases that they may meet.</summary>
    public static IQueryable<CoachingNote> CoachingOf(this ConsoleDbContext db, Guid personId) => db.Set<CoachingNote>()
        .Where(note => (note.FromId == personId || note.ToId == personId) && db.CasesInSightOf(personId).Any(about => about.Number == note.CaseNumber));

    /// <summary>A part of the notes that a person sent, or of those they were sent.</summary>
    public static async Task<CoachingNotes> CoachingPageAsync(this ConsoleDbContext db, Guid personId, bool sent, Guid? after, CancellationToken cancellationToken)
    {
        IQueryable<CoachingNote> notes = db.CoachingOf(personId).AsNoTracking();
        notes = sent ? notes.Where(note => note.FromId == personId) : notes.Where(note => note.ToId == personId);
        if (after is { } last
            && await notes.Where(note => note.Id == last).Select(note => (DateTimeOffset?)note.SentAt).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } at)
        {
            notes = notes.Where(note => note.SentAt < at || (note.SentAt == at && note.Id.CompareTo(last) < 0));
        }

        List<CoachingRow> rows = await (
            from note in notes
            join other in db.Set<Moderator>() on (sent ? note.ToId : note.FromId) equals other.Id
            orderby note.SentAt descending, note.Id descending
            select new CoachingRow(note.Id, other.DisplayName, note.CaseNumber, note.SentAt, note.ReadAt))
            .Take(Part + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new CoachingNotes([.. rows.Take(Part)], rows.Count > Part);
    }
}

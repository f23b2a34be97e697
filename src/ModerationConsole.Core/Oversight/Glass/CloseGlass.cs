using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>What came of reviewing what someone took.</summary>
public enum CloseGlassOutcome
{
    Closed,

    /// <summary>There is none of that id, or it was reviewed before.</summary>
    NotOpen,

    /// <summary>It is still on.</summary>
    StillOn,

    /// <summary>It is the caller's own: someone else reviews it.</summary>
    OwnGlass,

    /// <summary>It takes words on what was found; blanks are none.</summary>
    NoteRequired,

    /// <summary>The note is longer than <see cref="CloseGlass.LongestNote"/>.</summary>
    NoteTooLong,
}

/// <summary>Reviews what someone took and gave back, with what was found. Nobody reviews their own.</summary>
[Requires(Permission.HandleAlarms)]
public sealed class CloseGlass(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = TextLength.Line;

    /// <summary>Reviews it, once.</summary>
    public async Task<CloseGlassOutcome> RunAsync(Caller caller, Guid id, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CloseGlass>(caller, cancellationToken).ConfigureAwait(false);
        string found = DecisionText.Clean(note) ?? "";
        if (found.Length is 0 or > LongestNote)
        {
            return found.Length == 0 ? CloseGlassOutcome.NoteRequired : CloseGlassOutcome.NoteTooLong;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                GlassBreak? glass = await scope.Db.Set<GlassBreak>().SingleOrDefaultAsync(row => row.Id == id && row.ReviewedAt == null, cancel).ConfigureAwait(false);
                if (glass is null || glass.PersonId == caller.Id || glass.IsOn(scope.Now))
                {
                    return glass is null ? CloseGlassOutcome.NotOpen : glass.PersonId == caller.Id ? CloseGlassOutcome.OwnGlass : CloseGlassOutcome.StillOn;
                }

                glass.Review(caller.Id, found, scope.Now);
                scope.Record(caller, AuditAct.GlassReviewed, subject: glass.Id.ToString(), details: new Dictionary<string, object?> { ["person"] = glass.PersonId });
                await scope.TellWatchersAsync(cancel).ConfigureAwait(false);
                return CloseGlassOutcome.Closed;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Media;

/// <summary>How work on steps 1 and 2 ended: what was made, and why not all if not all was.</summary>
internal sealed record LadderEnding(MediaProblem? Problem, IReadOnlyList<MediaRendition> Made)
{
    /// <summary>By what a picture is told to be like another; null where it is compared with nothing.</summary>
    public PictureLikeness? Likeness { get; init; }
}

/// <summary>Writes endings of ladders: renditions, objects, audit and events together.</summary>
internal static class LadderEndings
{
    /// <summary>Writes how a claim ended, for every object of the same bytes. False when the claim had lapsed, and nothing was written.</summary>
    public static async Task<bool> FinishLadderAsync(
        this WriteScope scope, LadderClaim claim, LadderEnding ending, CancellationToken cancellationToken)
    {
        if (await scope.HeldLadderAsync(claim, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        foreach (var made in ending.Made)
        {
            await scope.KeepRenditionAsync(made, cancellationToken).ConfigureAwait(false);
        }

        var rows = await scope.Db.Set<MediaObject>()
            .Where(row => row.Sha256 == claim.Sha256 && row.Ladder == LadderState.Waiting)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.Resemble(ending.Likeness);
            scope.EndLadder(row, ending.Problem is null ? LadderState.Ready : LadderState.Failed, ending.Problem, ending.Made);
        }

        return true;
    }

    /// <summary>Writes the row of a rendition, in place of an earlier one of the same step.</summary>
    public static async Task KeepRenditionAsync(this WriteScope scope, MediaRendition made, CancellationToken cancellationToken)
    {
        var known = await scope.Db.Set<MediaRendition>()
            .SingleOrDefaultAsync(row => row.Sha256 == made.Sha256 && row.Step == made.Step, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            scope.Db.Add(made);
        }
        else
        {
            scope.Db.Entry(known).CurrentValues.SetValues(made);
        }
    }

    /// <summary>Moves the object's ladder to a final state, with audit and event.</summary>
    public static void EndLadder(
        this WriteScope scope, MediaObject row, LadderState state, MediaProblem? problem, IReadOnlyList<MediaRendition> made)
    {
        row.Ladder = state;
        var details = made.ToDictionary(step => FormattableString.Invariant($"step{(int)step.Step}"), step => (object?)step.Hash);
        if (problem is not null)
        {
            details["problem"] = problem.ToString();
        }

        var act = state == LadderState.Ready ? AuditAct.MediaRendered : AuditAct.MediaNotRendered;
        scope.Record(Caller.System, act, subject: row.Id.ToString(), details: details);
        scope.Publish(LiveKind.MediaChanged, state: row.Id.ToString(), childSafety: row.ChildSafety);
    }
}

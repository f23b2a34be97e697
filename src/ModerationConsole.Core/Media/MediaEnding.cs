using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Media;

/// <summary>What is known of a stored original.</summary>
internal sealed record StoredMedia(string Sha256, long Bytes, MediaKind Kind);

/// <summary>How work on a media object ended, to be written to its row.</summary>
/// <param name="State">Pending when it is to be tried again.</param>
internal sealed record MediaEnding(
    MediaState State, MediaProblem? Problem = null, StoredMedia? Stored = null, MediaShape? Shape = null, Rendition? Still = null);

/// <summary>Writes endings: row, audit and event together.</summary>
internal static class MediaEndings
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(5);
    private const int DelayGrowth = 4;

    /// <summary>Writes how a claim ended. False when the claim had lapsed, and nothing was written.</summary>
    public static async Task<bool> FinishMediaAsync(
        this WriteScope scope, MediaClaim claim, MediaEnding ending, CancellationToken cancellationToken)
    {
        if (await scope.HeldMediaAsync(claim, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        if (ending.Stored is { } stored)
        {
            await scope.StoreMediaAsync(row, stored, Caller.System, cancellationToken).ConfigureAwait(false);
        }

        if (ending.State == MediaState.Pending && claim.Attempt < MediaClaims.MostAttempts)
        {
            row.Problem = ending.Problem?.ToString();
            row.HeldBy = null;
            row.NextAttemptAt = scope.Now + (s_firstDelay * Math.Pow(DelayGrowth, claim.Attempt - 1));
            return true;
        }

        var state = ending.State == MediaState.Pending ? MediaState.Refused : ending.State;
        var still = ending.Still is { } drawn ? await scope.KeepStillAsync(row.Sha256!, drawn, cancellationToken).ConfigureAwait(false) : null;
        scope.EndMedia(row, state, ending.Problem, ending.Shape, still);
        if (state == MediaState.Ready)
        {
            await scope.JoinLadderAsync(row, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Notes on the row which original it is. Bytes once marked as child safety stay so under every name.</summary>
    public static async Task StoreMediaAsync(
        this WriteScope scope, MediaObject row, StoredMedia stored, Caller caller, CancellationToken cancellationToken)
    {
        row.Kind = stored.Kind;
        if (row.Sha256 == stored.Sha256)
        {
            return;
        }

        (row.Sha256, row.Bytes) = (stored.Sha256, stored.Bytes);
        if (row.ChildSafety || await scope.Db.Set<MediaObject>()
            .AnyAsync(other => other.Sha256 == stored.Sha256 && other.ChildSafety, cancellationToken).ConfigureAwait(false))
        {
            scope.MarkChildSafety(row, Caller.System);
        }

        scope.Record(caller, AuditAct.MediaStored, subject: row.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["bytes"] = stored.Bytes,
            ["kind"] = stored.Kind.ToString(),
            ["sha256"] = stored.Sha256,
        });
    }

    // The same bytes may have climbed before, or be climbing now: then this object goes with them.
    private static async Task JoinLadderAsync(this WriteScope scope, MediaObject row, CancellationToken cancellationToken)
    {
        var twin = await scope.Db.Set<MediaObject>()
            .Where(other => other.Sha256 == row.Sha256 && other.Id != row.Id && (other.Ladder == LadderState.Ready || other.Ladder == LadderState.Failed))
            .Select(other => new { other.Ladder, other.Pdq, other.PdqQuality })
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (twin is not null)
        {
            row.Ladder = twin.Ladder;
            row.Resemble(PictureHash.TryParse(twin.Pdq, out var hash) && twin.PdqQuality is { } quality ? new PictureLikeness(hash, quality) : null);
        }
        else
        {
            scope.QueueLadder(row);
        }
    }

    private static async Task<string> KeepStillAsync(
        this WriteScope scope, string sha256, Rendition still, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(still.Jpeg.Span));
        var row = new MediaRendition
        {
            Sha256 = sha256,
            Step = MediaStep.BlurredStill,
            ContentType = MediaFormat.Jpeg.ContentType(),
            Bytes = still.Jpeg.Length,
            Width = still.Width,
            Height = still.Height,
            Hash = hash,
            CreatedAt = scope.Now,
        };
        await scope.KeepRenditionAsync(row, cancellationToken).ConfigureAwait(false);
        return hash;
    }

    /// <summary>Moves the row to a final state, with audit and event.</summary>
    public static void EndMedia(
        this WriteScope scope, MediaObject row, MediaState state, MediaProblem? problem, MediaShape? shape = null, string? stillSha256 = null)
    {
        row.State = state;
        row.Problem = problem?.ToString();
        row.Width = shape?.Width ?? row.Width;
        row.Height = shape?.Height ?? row.Height;
        row.DurationSeconds = shape?.Duration?.TotalSeconds ?? row.DurationSeconds;
        var act = state switch
        {
            MediaState.Ready => AuditAct.MediaRendered,
            MediaState.Placeholder => AuditAct.MediaNotRendered,
            MediaState.Refused => AuditAct.MediaRefused,
            MediaState.Pending => throw new DomainRuleException("media.not-ended"),
        };
        var details = new Dictionary<string, object?>();
        if (problem is not null)
        {
            details["problem"] = problem.ToString();
        }

        if (stillSha256 is not null)
        {
            details["step0"] = stillSha256;
        }

        scope.Record(Caller.System, act, subject: row.Id.ToString(), details: details);
        // Whoever shows this object looks for its id; numbers of cases are not known on this floor.
        scope.Publish(LiveKind.MediaChanged, state: row.Id.ToString(), childSafety: row.ChildSafety);
    }
}

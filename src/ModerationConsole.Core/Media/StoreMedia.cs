using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>A file handed in, not fetched.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Category">What it is said to show, in a word or two.</param>
/// <param name="ChildSafety">Whether it is child-safety media.</param>
public sealed record MediaUpload(Stream Content, string? Category = null, bool ChildSafety = false)
{
    /// <summary>A still made beforehand of a file that is our own, so that no renderer is needed.</summary>
    internal PreparedStill? Still { get; init; }
}

/// <summary>How handing in a file ended.</summary>
public enum StoreMediaOutcome
{
    Stored,

    /// <summary>Its bytes are of no format that is taken.</summary>
    WrongType,

    /// <summary>Larger than <see cref="MediaOptions.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>It could not be read to its end.</summary>
    Broken,
}

/// <summary>The end of handing in a file: the media object when it was stored.</summary>
public sealed record StoreMediaResult(StoreMediaOutcome Outcome, Guid? MediaId = null);

/// <summary>Takes a file whose bytes are at hand: checked, stored and drawn like one that is fetched.</summary>
[Requires(Permission.SubmitItems)]
public sealed class StoreMedia(
    IMediaStore store, ProcessMediaQueue queue, WritePath writes, IAccessGuard guard,
    IOptions<MediaOptions> options) : IUseCase
{
    private const int LongestCategory = TextLength.Id;

    /// <summary>Stores the file. Its still follows within seconds.</summary>
    public async Task<StoreMediaResult> RunAsync(Caller caller, MediaUpload upload, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<StoreMedia>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(upload);
        var received = await IncomingMedia
            .ReceiveAsync(upload.Content, store.IncomingDirectory, options.Value.MaxBytes, cancellationToken, upload.ChildSafety)
            .ConfigureAwait(false);
        if (received.Media is not { } media)
        {
            return new StoreMediaResult(received.Outcome switch
            {
                FetchOutcome.WrongType => StoreMediaOutcome.WrongType,
                FetchOutcome.TooLarge => StoreMediaOutcome.TooLarge,
                _ => StoreMediaOutcome.Broken,
            });
        }

        using (media)
        {
            var facts = new StoredMedia(media.Sha256, media.Length, media.Format.Kind());
            await store.KeepAsync(media, cancellationToken).ConfigureAwait(false);
            if (upload.Still is { } still)
            {
                await KeepAsync(facts.Sha256, still, cancellationToken).ConfigureAwait(false);
            }

            var id = await writes.RunAsync((scope, cancel) => AddAsync(scope, caller, upload, facts, cancel), cancellationToken)
                .ConfigureAwait(false);
            return new StoreMediaResult(StoreMediaOutcome.Stored, id);
        }
    }

    private async Task KeepAsync(string sha256, PreparedStill still, CancellationToken cancellationToken)
    {
        await store.KeepRenditionAsync(sha256, MediaStep.BlurredStill, still.Jpeg, cancellationToken).ConfigureAwait(false);
        foreach (var step in still.Above)
        {
            await store.KeepRenditionAsync(sha256, step.Step, step.Content, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task EndLadderAsync(
        WriteScope scope, MediaObject row, PreparedStill still, CancellationToken cancellationToken)
    {
        if (still.Above.Count == 0)
        {
            scope.QueueLadder(row);
            return;
        }

        List<MediaRendition> made = [.. still.Above.Select(step => step.Of(row.Sha256!, scope.Now))];
        foreach (var rendition in made)
        {
            await scope.KeepRenditionAsync(rendition, cancellationToken).ConfigureAwait(false);
        }

        scope.EndLadder(row, LadderState.Ready, null, made);
    }

    private async Task<Guid> AddAsync(
        WriteScope scope, Caller caller, MediaUpload upload, StoredMedia facts, CancellationToken cancellationToken)
    {
        var row = new MediaObject
        {
            Category = upload.Category is { Length: > LongestCategory } text ? text[..LongestCategory] : upload.Category,
            ChildSafety = upload.ChildSafety,
            NextAttemptAt = scope.Now,
            CreatedAt = scope.Now,
        };
        scope.Db.Add(row);
        await scope.StoreMediaAsync(row, facts, caller, cancellationToken).ConfigureAwait(false);
        if (upload.Still is { } still)
        {
            scope.EndMedia(row, MediaState.Ready, null, still.Shape);
            await EndLadderAsync(scope, row, still, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            scope.AfterCommit(queue.Wake);
        }

        return row.Id;
    }
}

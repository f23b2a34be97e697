using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>A step of the ladder as it is served.</summary>
/// <param name="Content">Its bytes, seekable; the receiver disposes of it.</param>
/// <param name="ContentType">Their type, told by the bytes or by the renderer, never by the source.</param>
/// <param name="Sha256">Hash of the bytes, lower-case hex; null for step 0, which has no row of its own everywhere.</param>
public sealed record StepContent(Stream Content, string ContentType, string? Sha256);

/// <summary>Opens any step of a stored original with its type. Asks nobody's leave: callers have passed the gate.</summary>
public sealed class StepReader(IMediaStore store, IDbContextFactory<ConsoleDbContext> contexts, MediaHealth health)
{
    /// <summary>The type of every still.</summary>
    public const string StillType = "image/jpeg";

    /// <summary>The step, or null when it was not made (yet), is lost, or is encrypted and no longer what was written.</summary>
    public async Task<StepContent?> OpenAsync(string sha256, MediaStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(sha256, step, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException)
        {
            health.CannotDecrypt(sha256, step);
            return null;
        }
    }

    private async Task<StepContent?> FindAsync(string sha256, MediaStep step, CancellationToken cancellationToken) => step switch
    {
        MediaStep.BlurredStill => store.OpenRendition(sha256, step) is { } still ? new StepContent(still, StillType, null) : null,
        MediaStep.GreyStill or MediaStep.Filtered => await RenditionAsync(sha256, step, cancellationToken).ConfigureAwait(false),
        MediaStep.Original => await OriginalAsync(sha256, cancellationToken).ConfigureAwait(false),
    };

    private async Task<StepContent?> RenditionAsync(string sha256, MediaStep step, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var row = await db.Set<MediaRendition>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Sha256 == sha256 && row.Step == step, cancellationToken).ConfigureAwait(false);
            return row is not null && store.OpenRendition(sha256, step) is { } content
                ? new StepContent(content, row.ContentType, row.Hash)
                : null;
        }
    }

    private async Task<StepContent?> OriginalAsync(string sha256, CancellationToken cancellationToken)
    {
        if (store.OpenOriginal(sha256) is not { } content)
        {
            return null;
        }

        var start = new byte[MediaSniffer.BytesNeeded];
        var count = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (MediaSniffer.Sniff(start.AsSpan(0, count)) is not { } format)
        {
            await content.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        content.Position = 0;
        return new StepContent(content, format.ContentType(), sha256);
    }
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Which steps above the blurred still are stored of a media object, and as what they are served.</summary>
internal static class MediaLadder
{
    /// <summary>Type by step, ours and not the source's. The original is a step where it is stored.</summary>
    public static async Task<SortedDictionary<MediaStep, string>> StepsAsync(
        ConsoleDbContext db, IMediaStore store, string? sha256, CancellationToken cancellationToken)
    {
        SortedDictionary<MediaStep, string> steps = [];
        if (sha256 is null)
        {
            return steps;
        }

        foreach (MediaRendition row in await db.Set<MediaRendition>().AsNoTracking().Where(row => row.Sha256 == sha256).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (row.Step is MediaStep.GreyStill or MediaStep.Filtered)
            {
                steps[row.Step] = row.ContentType;
            }
        }

        if (await TypeOfOriginalAsync(store, sha256, cancellationToken).ConfigureAwait(false) is { } type)
        {
            steps[MediaStep.Original] = type;
        }

        return steps;
    }

    // Told by its bytes each time: what was said of it when it came is not asked.
    private static async Task<string?> TypeOfOriginalAsync(IMediaStore store, string sha256, CancellationToken cancellationToken)
    {
        try
        {
            if (store.OpenOriginal(sha256) is not { } original)
            {
                return null;
            }

            await using (original.ConfigureAwait(false))
            {
                byte[] start = new byte[MediaSniffer.BytesNeeded];
                int read = await original.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return MediaSniffer.Sniff(start.AsSpan(0, read))?.ContentType();
            }
        }
        catch (CryptographicException)
        {
            // Changed, or its key is gone. The steps that can still be read are shown.
            return null;
        }
    }
}

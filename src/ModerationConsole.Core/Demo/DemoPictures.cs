using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Demo;

/// <summary>
/// Puts the demo's own pictures and clip beside its posts. A platform names media by address; the demo has none that could be
/// fetched, so its files are handed in and tied to the item versions here.
/// </summary>
internal sealed class DemoPictures(StoreMedia storeMedia, WritePath writes)
{
    private static readonly Dictionary<string, DemoMediaFile> s_files = DemoMedia.All.ToDictionary(file => file.Name, StringComparer.Ordinal);

    /// <summary>Ties the files that the posts name to the item versions of their cases.</summary>
    public async Task AddAsync(IReadOnlyDictionary<string, long> cases, CancellationToken cancellationToken)
    {
        foreach (DemoPost post in DemoContent.Posts.Where(post => post.Media is not null && cases.ContainsKey(post.Id)))
        {
            List<ItemMedia> pictures = [];
            foreach (DemoMediaFile file in post.Media!.Select(name => s_files[name]))
            {
                MediaUpload upload = await file.UploadAsync(cancellationToken).ConfigureAwait(false);
                StoreMediaResult stored = await storeMedia.RunAsync(Caller.System, upload, cancellationToken).ConfigureAwait(false);
                DemoParts.Expect(stored.Outcome == StoreMediaOutcome.Stored, file.Name);
                pictures.Add(new ItemMedia { MediaId = stored.MediaId!.Value, Position = pictures.Count, Field = file.Kind == MediaKind.Video ? "video" : "images" });
            }

            await TieAsync(cases[post.Id], pictures, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<int> TieAsync(long caseNumber, List<ItemMedia> pictures, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            Guid version = await scope.Db.Set<Case>().Where(row => row.Number == caseNumber).Select(row => row.ItemVersionId).SingleAsync(cancel).ConfigureAwait(false);
            foreach (ItemMedia picture in pictures)
            {
                scope.Db.Add(new ItemMedia { ItemVersionId = version, MediaId = picture.MediaId, Position = picture.Position, Field = picture.Field });
            }

            return pictures.Count;
        },
        cancellationToken);
}

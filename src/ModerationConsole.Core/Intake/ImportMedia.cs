using System.Security.Cryptography;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Intake;

/// <summary>What the media column of a row came to.</summary>
/// <param name="Url">An address for the item's media field.</param>
/// <param name="Attached">A file that was stored.</param>
/// <param name="Hash">Hash of that file: tells apart two items whose text is the same.</param>
/// <param name="Problem">Code of why the row cannot be taken.</param>
internal sealed record RowMedia(string? Url = null, AttachedMedia? Attached = null, string? Hash = null, string? Problem = null);

/// <summary>Takes media files that lie beside an import.</summary>
internal sealed class ImportMedia(StoreMedia store, Caller caller, string directory, ItemField? field, bool childSafety)
{
    /// <summary>Reads a media column: a URL is passed on, a file inside the import's own folder is stored.</summary>
    public async Task<RowMedia> TakeAsync(string? column, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(column))
        {
            return new RowMedia();
        }

        if (Uri.TryCreate(column, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return field is null ? new RowMedia(Problem: "media.no-field") : new RowMedia(Url: column);
        }

        if (Find(column) is not { } path)
        {
            return new RowMedia(Problem: "media.file-missing");
        }

        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
            file.Position = 0;
            StoreMediaResult stored = await store.RunAsync(caller, new MediaUpload(file, ChildSafety: childSafety), cancellationToken).ConfigureAwait(false);
            return stored.MediaId is { } id
                ? new RowMedia(Attached: new AttachedMedia(field?.Name ?? "media", id), Hash: hash)
                : new RowMedia(Problem: stored.Outcome == StoreMediaOutcome.TooLarge ? "media.too-large" : "media.wrong-type");
        }
    }

    /// <summary>The file, if it is one and lies inside the import's folder. The rows were written by strangers.</summary>
    private string? Find(string name)
    {
        if (name.Any(char.IsControl) || Path.IsPathRooted(name))
        {
            return null;
        }

        string path = Path.GetFullPath(Path.Combine(directory, name));
        string root = Path.GetFullPath(directory);
        root = root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar;
        return path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null ? path : null;
    }
}

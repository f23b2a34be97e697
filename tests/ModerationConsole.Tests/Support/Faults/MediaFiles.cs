using System.Security.Cryptography;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>The media store as it lies on the disk.</summary>
internal sealed class MediaFiles(string data)
{
    private readonly string _originals = Path.Combine(data, "media");
    private readonly string _renditions = Path.Combine(data, "renditions");

    public bool HasOriginal(string hash) => File.Exists(Path.Combine(_originals, hash[..2], hash[2..4], hash));

    public bool HasStill(string hash) => Step(hash, 0) is not null;

    /// <summary>Hash of the file of a step, or null where there is none.</summary>
    public async Task<string?> HashAsync(string hash, int step, CancellationToken cancellationToken) => Step(hash, step) is { } path
        ? Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken)))
        : null;

    /// <summary>Files that are not what their name says. What only arrives has no such name yet, and is removed when it is old.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(CancellationToken cancellationToken)
    {
        List<string> broken = [];
        foreach (string path in Below(_originals).Where(path => Path.GetFileName(Path.GetDirectoryName(path)) != "incoming"))
        {
            byte[] hash = SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken));
            if (Path.GetFileName(path) != Convert.ToHexStringLower(hash))
            {
                broken.Add($"the original {Path.GetFileName(path)} is not whole");
            }
        }

        foreach (string path in Below(_renditions).Where(path => Path.GetExtension(path) == ".jpg"))
        {
            byte[] jpeg = await File.ReadAllBytesAsync(path, cancellationToken);
            if (jpeg is not [0xFF, 0xD8, .., 0xFF, 0xD9])
            {
                broken.Add($"the still {path} is not whole");
            }
        }

        return broken;
    }

    private string? Step(string hash, int step) =>
        Below(Path.Combine(_renditions, hash[..2], hash[2..4], hash)).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == $"step{step}");

    private static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
}

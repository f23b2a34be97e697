using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Keys from a file: one a line in base64, of which the first encrypts and all decrypt; lines that begin with # say
/// something to people. Made with one key at first use where it may be.
/// </summary>
public sealed class MediaKeyFile : IMediaKeyProvider
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly bool _mayMake;
    private IReadOnlyList<MediaKey>? _keys;

    private MediaKeyFile(string path, bool mayMake) => (_path, _mayMake) = (path, mayMake);

    /// <inheritdoc />
    public MediaKey Current => Keys()[0];

    /// <summary>The console's own file in the data directory; the console's account alone may read it.</summary>
    public static MediaKeyFile InDataDirectory(string dataDirectory) =>
        new(Path.Combine(Path.GetFullPath(dataDirectory), "keys", "media.keys"), mayMake: true);

    /// <summary>A file that someone else keeps.</summary>
    public static MediaKeyFile At(string path) => new(Path.GetFullPath(path), mayMake: false);

    /// <inheritdoc />
    public MediaKey? Find(string id) => Keys().FirstOrDefault(key => key.Id == id);

    /// <summary>Whether the file can be read and holds nothing but keys.</summary>
    public static bool IsSound(string path)
    {
        try
        {
            return TryRead(File.ReadAllLines(path)) is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private IReadOnlyList<MediaKey> Keys()
    {
        lock (_gate)
        {
            return _keys ??= TryRead((_mayMake ? PrivateFiles.Keep(_path, Make) : File.ReadAllText(_path)).Split('\n'))
                ?? throw new InvalidDataException("The file of media keys holds something else.");
        }
    }

    private static string Make() =>
        $"""
        # Child-safety media is encrypted with this key. Back it up with the data; without it they are lost.
        {Convert.ToBase64String(MediaKey.Random().Secret)}

        """;

    private static List<MediaKey>? TryRead(IEnumerable<string> lines)
    {
        var keys = new List<MediaKey>();
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var secret = new byte[MediaKey.Length + 1];
            if (!Convert.TryFromBase64String(line, secret, out var count) || count != MediaKey.Length)
            {
                return null;
            }

            keys.Add(new MediaKey(secret.AsSpan(0, count)));
        }

        return keys.Count > 0 ? keys : null;
    }
}

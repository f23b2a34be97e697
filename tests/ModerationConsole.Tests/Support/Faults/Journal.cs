namespace ModerationConsole.Tests.Support.Faults;

/// <summary>
/// What was acknowledged, a line each, in the order in which it was. A line is handed to the system before anyone goes on, so
/// that it outlives the process.
/// </summary>
public sealed class Journal(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>Notes a line.</summary>
    public void Note(string act, params object[] about)
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes(string.Join(' ', [act, .. about]) + "\n");
        lock (_gate)
        {
            _file.Write(line);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads what was noted of an act, the words after its name.</summary>
    public static IReadOnlyList<string[]> Read(string path, string act)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        List<string[]> found = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ') is [var name, .. var words] && name == act)
            {
                found.Add(words);
            }
        }

        return found;
    }
}

using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>What a process and its descendants hold in memory at this moment, as the kernel's process table says.</summary>
internal static class ResidentMemory
{
    private const int MostProcesses = 1_000;

    /// <summary>Bytes; zero where the system tells nothing.</summary>
    public static long OfTree(int processId)
    {
        var bytes = 0L;
        var found = new Queue<int>([processId]);
        for (var seen = 0; seen < MostProcesses && found.TryDequeue(out var id); seen++)
        {
            bytes += Of(id);
            foreach (var child in Children(id))
            {
                found.Enqueue(child);
            }
        }

        return bytes;
    }

    // The second number of statm counts resident pages.
    private static long Of(int processId)
    {
        var fields = Read($"/proc/{processId}/statm").Split(' ');
        return fields.Length > 1 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pages)
            ? pages * Environment.SystemPageSize
            : 0;
    }

    private static IEnumerable<int> Children(int processId)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{processId}/task");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            threads = [];
        }

        return threads
            .SelectMany(thread => Read(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }

    // A process may end between being named and being asked.
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}

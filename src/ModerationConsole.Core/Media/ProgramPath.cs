namespace ModerationConsole.Core.Media;

/// <summary>Finds a program the way a shell would, so that a missing one is known before it is started.</summary>
internal static class ProgramPath
{
    /// <summary>The full path, or null when there is no such file.</summary>
    public static string? Find(string program)
    {
        if (Path.GetFileName(program) != program)
        {
            var full = Path.GetFullPath(program);
            return File.Exists(full) ? full : null;
        }

        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var names = OperatingSystem.IsWindows() ? [program, program + ".exe"] : new[] { program };
        return folders
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}

namespace ModerationConsole.Tests.Support.Media;

/// <summary>Shell scripts that stand in for programs.</summary>
public static class Scripts
{
    /// <summary>Writes one that can be run; returns its path.</summary>
    public static string Write(string folder, string name, string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins are shell scripts.");
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}

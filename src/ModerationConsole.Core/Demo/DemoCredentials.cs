using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Demo;

/// <summary>What the demo needs people and programs to know; kept in the data directory, readable by its owner only.</summary>
internal sealed class DemoCredentials(DatabaseOptions options)
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private string PasswordFile => Path.Combine(options.DataDirectory, "demo-password");

    /// <summary>Also the sign that a data directory holds a demo.</summary>
    public const string KeyFileName = "demo-api-key";

    private string KeyFile => Path.Combine(options.DataDirectory, KeyFileName);

    /// <summary>The password set, else the one kept, else a new one.</summary>
    public string Password(string configured)
    {
        if (configured.Length > 0)
        {
            return configured;
        }

        if (!File.Exists(PasswordFile))
        {
            Write(PasswordFile, RandomNumberGenerator.GetString(Alphabet, 14));
        }

        return File.ReadAllText(PasswordFile).Trim();
    }

    /// <summary>The demo's API key, or null before it is made.</summary>
    public string? ApiKey => File.Exists(KeyFile) ? File.ReadAllText(KeyFile).Trim() : null;

    /// <summary>Keeps the demo's API key.</summary>
    public void KeepApiKey(string key) => Write(KeyFile, key);

    private static void Write(string path, string content)
    {
        FileStreamOptions file = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(path, file);
        writer.WriteLine(content);
    }
}

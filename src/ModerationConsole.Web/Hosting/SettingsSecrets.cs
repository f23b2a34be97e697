using Microsoft.Extensions.Configuration.Json;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Web.Hosting;

/// <summary>Refuses to start with a secret in <c>appsettings.json</c>, a file that is copied, committed and read by many.</summary>
internal static class SettingsSecrets
{
    private static readonly string[] s_endings = ["Password", "Secret"];

    // Of people that exist in Development only.
    private const string Demo = "Demo:Password";

    /// <exception cref="StartRefusedException">One is there.</exception>
    public static void Refuse(IConfigurationRoot configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (JsonConfigurationProvider file in configuration.Providers.OfType<JsonConfigurationProvider>())
        {
            string name = Path.GetFileName(file.Source.Path ?? "");
            if (name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && Find(file, null) is { } key)
            {
                throw new StartRefusedException(
                    $"{key} stands in {name}, which is no place for a secret. Set it in the environment ({key.Replace(":", "__", StringComparison.Ordinal)}) or on the command line, or take it from a store of secrets.");
            }
        }
    }

    private static string? Find(IConfigurationProvider file, string? parent)
    {
        foreach (string name in file.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string key = parent is null ? name : $"{parent}:{name}";
            if (file.TryGet(key, out string? value) && value is { Length: > 0 } && IsSecret(key, value))
            {
                return key;
            }

            if (Find(file, key) is { } deeper)
            {
                return deeper;
            }
        }

        return null;
    }

    private static bool IsSecret(string key, string value) => key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase)
        ? value.Contains("password=", StringComparison.OrdinalIgnoreCase) || value.Contains("pwd=", StringComparison.OrdinalIgnoreCase)
        : !string.Equals(key, Demo, StringComparison.OrdinalIgnoreCase) && s_endings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ModerationConsole.Core.Decisions;

/// <summary>What someone asked instead of judging a task that measures. It is kept as their draft of it, for nobody is asked.</summary>
/// <param name="Question">The question; empty where an emergency was raised without words.</param>
internal sealed record KeptQuestion(string Question)
{
    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads what a draft holds; null where that is no question.</summary>
    public static string? Read(string? content)
    {
        try
        {
            return content is null ? null : JsonSerializer.Deserialize<KeptQuestion>(content, JsonSerializerOptions.Web)?.Question;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 of a question, lower-case hex: what the audit holds of it.</summary>
    public static string Hash(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
}

using System.Text.Json;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>Ids that the platform gives: of items, people, threads, policies.</summary>
public static class ExternalId
{
    /// <summary>What an id must be, in words.</summary>
    public const string Rule = "An id is a text of 1 to 200 characters without control characters that does not end in a space.";

    /// <summary>Reads an id; a whole number is taken as its digits. Null when it breaks <see cref="Rule"/>.</summary>
    public static string? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when IsSound(value.GetString()!) => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out _) || value.TryGetUInt64(out _) => value.GetRawText(),
        _ => null,
    };

    /// <summary>Whether a text keeps <see cref="Rule"/>.</summary>
    public static bool IsSound(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        // Not all databases tell "a" from "a ": they would take two people for one.
        return id.Length <= TextLength.Id && !id.EndsWith(' ') && !string.IsNullOrWhiteSpace(id) && !id.Any(char.IsControl);
    }
}

using System.Text.Json;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>
/// Packs what a page's script is told into one text, which wwwroot/js/wire.js unpacks. Each circuit serialises with settings of
/// its own and keeps all that it learnt about a type for as long as it lives: dozens of kilobytes for a few numbers and names.
/// </summary>
internal static class ScriptJson
{
    public static string Pack<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    public static T? Unpack<T>(string? text) => text is null ? default : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);

    /// <summary>Yes or no, as a text that a script takes for true or nothing at all.</summary>
    public static string? Flag(bool value) => value ? "yes" : null;
}

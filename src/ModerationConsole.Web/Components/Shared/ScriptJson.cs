using System.Text.Json;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>
/// Packs what a page's script is told into one text, which wwwroot/js/wire.js unpacks. Each circuit serialises with settings of
/// its own and keeps all that it learnt about a type for as long as it lives: dozens of kilobytes for a few numbers and names. Even
/// of a text it learns seven kilobytes, because a text can do so many things; of JSON as it stands nearly nothing. So every argument
/// is handed over as that, and for the script it is a text all the same.
/// </summary>
internal static class ScriptJson
{
    public static JsonElement Pack<T>(T value) => Text(JsonSerializer.Serialize(value, JsonSerializerOptions.Web));

    /// <summary>A text as an argument.</summary>
    public static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, JsonSerializerOptions.Web);

    public static T? Unpack<T>(string? text) => text is null ? default : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);

    /// <summary>Yes or no, as a text that a script takes for true or nothing at all.</summary>
    public static JsonElement? Flag(bool value) => value ? Text("yes") : null;
}

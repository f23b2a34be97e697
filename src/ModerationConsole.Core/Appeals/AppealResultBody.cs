using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Writes what became of an appeal in the peer's shape: its names, its order, <c>custom</c> only where configured. It knows two
/// answers; one that changed anything is an <c>ACCEPT</c>.
/// </summary>
internal static class AppealResultBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Appeal appeal, string custom)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("appealId", appeal.ExternalId);
            WriteName(json, "appealedBy", appeal.AppellantId ?? "", appeal.AppellantTypeId);
            json.WriteString("appealDecision", appeal.Granted ? "ACCEPT" : "REJECT");
            WriteName(json, "item", appeal.ItemId, appeal.ItemTypeId);
            if (custom.Length > 0)
            {
                json.WritePropertyName("custom");
                JsonNode.Parse(custom)!.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteName(Utf8JsonWriter json, string name, string id, string typeId)
    {
        json.WriteStartObject(name);
        json.WriteString("id", id);
        json.WriteString("typeId", typeId);
        json.WriteEndObject();
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Bodies made to break what reads them, to cost more than they weigh, or to set what nobody may set.</summary>
[Collection(Attacks.Name)]
public sealed class BodyAttempts(Target target)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    /// <summary>JSON for <c>items</c>; <c>TYPE</c> stands for a type that is known.</summary>
    private static readonly Dictionary<string, string> s_refused = new(StringComparer.Ordinal)
    {
        ["arrays ten thousand deep"] = new string('[', 10_000) + new string(']', 10_000),
        ["objects ten thousand deep"] = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
        ["an item whose data is a hundred deep"] = Item($"\"text\":\"x\",\"k\":{new string('[', 100)}{new string(']', 100)}"),
        ["a bracket that never closes"] = new string('[', 200_000),
        ["the list twice"] = "{\"items\":[],\"items\":[]}",
        ["the id twice"] = "{\"items\":[{\"id\":\"a\",\"id\":\"b\",\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["the id twice, once spelt by codes"] = "{\"items\":[{\"id\":\"a\",\"\\u0069d\":\"b\",\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["a key twice deep within"] = Item("\"text\":\"x\",\"k\":{\"a\":{\"b\":1,\"b\":2}}"),
        ["a comment"] = "{/* */\"items\":[]}",
        ["a comma at the end"] = "{\"items\":[],}",
        ["no number"] = Item("\"text\":NaN"),
        ["infinity"] = Item("\"text\":-Infinity"),
        ["a number where text belongs"] = Item("\"text\":1e999999"),
        ["an id beyond all numbers"] = "{\"items\":[{\"id\":1e400,\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id that is a fraction"] = "{\"items\":[{\"id\":1.5,\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id that is a list"] = "{\"items\":[{\"id\":[\"a\"],\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id that is an object"] = "{\"items\":[{\"id\":{\"$ne\":null},\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id with a zero byte"] = "{\"items\":[{\"id\":\"a\\u0000b\",\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id with a line of its own"] = "{\"items\":[{\"id\":\"a\\r\\nSet-Cookie: x=1\",\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["half a character"] = "{\"items\":[{\"id\":\"\\ud800\",\"typeId\":\"TYPE\",\"data\":{\"text\":\"x\"}}]}",
        ["an id of ten thousand letters"] = $"{{\"items\":[{{\"id\":\"{new string('a', 10_000)}\",\"typeId\":\"TYPE\",\"data\":{{\"text\":\"x\"}}}}]}}",
        ["a type by a pattern"] = "{\"items\":[{\"id\":\"a\",\"typeId\":\"%\",\"data\":{\"text\":\"x\"}}]}",
        ["a type by a piece of SQL"] = "{\"items\":[{\"id\":\"a\",\"typeId\":\"' OR 1=1 --\",\"data\":{\"text\":\"x\"}}]}",
        ["a prototype"] = "{\"__proto__\":{\"items\":[]},\"constructor\":{\"prototype\":{}}}",
        ["another program's type"] = "{\"$type\":\"System.Diagnostics.Process, System\",\"items\":[null]}",
        ["a thousand items and one"] = $"{{\"items\":[{string.Join(',', Enumerable.Range(0, 1_001).Select(at => $"{{\"id\":\"n{at}\",\"typeId\":\"TYPE\",\"data\":{{\"text\":\"x\"}}}}"))}]}}",
        ["two values"] = "{\"items\":[]}{\"items\":[]}",
        ["an outer entity"] = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    };

    /// <summary>What an attacker would like to set beside an item, and must not.</summary>
    private static readonly Dictionary<string, string> s_extra = new(StringComparer.Ordinal)
    {
        ["that it is decided"] = "\"decided\":true,\"verdict\":\"Allow\",\"decision\":{\"verdict\":\"Allow\"}",
        ["its state"] = "\"state\":\"Closed\",\"State\":2,\"status\":\"closed\"",
        ["its number"] = "\"number\":1,\"caseNumber\":1,\"case\":{\"number\":1}",
        ["its queue"] = "\"queueId\":\"00000000-0000-0000-0000-000000000001\",\"queue\":\"general\"",
        ["its priority"] = "\"priority\":100,\"due\":\"2000-01-01T00:00:00Z\"",
        ["its sensitivity"] = "\"sensitivity\":\"ChildSafety\",\"childSafety\":true,\"csam\":true",
        ["its sender's rights"] = "\"scopes\":[\"ViewAudit\"],\"roles\":[\"Admin\"],\"apiKey\":\"x\"",
        ["its version"] = "\"version\":99,\"Version\":99,\"receivedAt\":\"2000-01-01T00:00:00Z\"",
    };

    private static readonly Dictionary<string, Func<HttpContent>> s_wrapped = new(StringComparer.Ordinal)
    {
        ["a gzip bomb"] = () => Packed("gzip", stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)),
        ["a deflate bomb"] = () => Packed("deflate", stream => new ZLibStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)),
        ["a brotli bomb"] = () => Packed("br", stream => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true)),
        ["a bomb in a bomb"] = () => Packed("gzip, gzip", stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)),
        ["JSON as plain text"] = () => new StringContent("{\"items\":[]}", Encoding.UTF8, "text/plain"),
        ["JSON as a form"] = () => new StringContent("{\"items\":[]}", Encoding.UTF8, "application/x-www-form-urlencoded"),
        ["JSON as a part of many"] = () => new MultipartFormDataContent { { new StringContent("{\"items\":[]}"), "items" } },
        ["XML"] = () => new StringContent("<items/>", Encoding.UTF8, "application/xml"),
        ["JSON in UTF-7"] = () => new ByteArrayContent("+AHs-"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-7") } },
        ["JSON in UTF-16"] = () => new ByteArrayContent(Encoding.Unicode.GetBytes("{\"items\":[]}")) { Headers = { ContentType = new("application/json") } },
        ["bytes that are no text"] = () => new ByteArrayContent([0xC0, 0xAF, 0xFF, 0xFE, 0x00]) { Headers = { ContentType = new("application/json") } },
        ["a zip file"] = () => new ByteArrayContent("PK\u0003\u0004"u8.ToArray()) { Headers = { ContentType = new("application/zip") } },
    };

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    public static TheoryData<string> Extra => [.. s_extra.Keys];

    public static TheoryData<string> Wrapped => [.. s_wrapped.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Body_MadeToBreakItsReader_IsRefusedSoonAndStoresNothing(string attempt)
    {
        int before = await CasesAsync();
        long since = TimeProvider.System.GetTimestamp();

        using HttpResponseMessage answer = await target.PostAsync("items", s_refused[attempt].Replace("TYPE", target.Scene.Name, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, s_soon);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("passwd", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(before, await CasesAsync());
    }

    [Theory]
    [MemberData(nameof(Wrapped))]
    public async Task Body_WrappedInSomethingElse_IsRefusedUnopened(string attempt)
    {
        using HttpContent content = s_wrapped[attempt]();

        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Post, "/api/v1/items", key: target.Key.Key, content: content);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest });
    }

    [Theory]
    [MemberData(nameof(Extra))]
    public async Task Item_WithMoreThanAnItemHas_IsAnOrdinaryCaseAllTheSame(string attempt)
    {
        string id = $"m-{Guid.CreateVersion7():N}";

        using HttpResponseMessage answer = await target.PostAsync(
            "items", string.Create(CultureInfo.InvariantCulture, $"{{\"items\":[{{\"id\":\"{id}\",\"typeId\":\"{target.Scene.Name}\",{s_extra[attempt]},\"data\":{{\"text\":\"x\",{s_extra[attempt]}}}}}],{s_extra[attempt]}}}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Case made = await target.Scene.ReadAsync(db => (from row in db.Set<Case>()
                                                        join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
                                                        where version.ItemId == id
                                                        select row).SingleAsync(Cancel));
        ReviewTask task = await target.Scene.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == made.Number, Cancel));
        Assert.Equal((CaseState.Open, Sensitivity.Ordinary), (made.State, made.Sensitivity));
        Assert.Equal((target.Scene.Queue.Id, 50), (task.QueueId, task.Priority));
        Assert.NotEqual(1, made.Number);
        Assert.False(await target.Scene.ReadAsync(db => db.Set<Decision>().AnyAsync(row => row.CaseNumber == made.Number, Cancel)));
    }

    private Task<int> CasesAsync() => target.Scene.ReadAsync(db => db.Set<ReviewTask>().CountAsync(row => row.QueueId == target.Scene.Queue.Id, Cancel));

    private static string Item(string data) => $"{{\"items\":[{{\"id\":\"x\",\"typeId\":\"TYPE\",\"data\":{{{data}}}}}]}}";

    // A hundred megabytes of blanks, which JSON allows.
    private static ByteArrayContent Packed(string encoding, Func<Stream, Stream> pack)
    {
        using MemoryStream bytes = new();
        using (Stream into = pack(bytes))
        {
            byte[] blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (int i = 0; i < 100; i++)
            {
                into.Write(blanks);
            }
        }

        ByteArrayContent content = new(bytes.ToArray());
        content.Headers.ContentType = new("application/json");
        foreach (string one in encoding.Split(", "))
        {
            content.Headers.ContentEncoding.Add(one);
        }

        return content;
    }
}

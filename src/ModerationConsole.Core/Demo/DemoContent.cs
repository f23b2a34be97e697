using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Demo;

/// <summary>What the demo is made of, read from the files beside it.</summary>
internal static class DemoContent
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static IReadOnlyList<DemoPolicy> Policies { get; } = Read<DemoPolicy>("policies");

    public static IReadOnlyList<DemoPost> Posts { get; } = Read<DemoPost>("posts");

    public static IReadOnlyList<DemoPrecedent> Precedents { get; } = Read<DemoPrecedent>("precedents");

    private static List<T> Read<T>(string name)
    {
        Assembly assembly = typeof(DemoContent).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"ModerationConsole.Core.Demo.Content.{name}.json")
            ?? throw new InvalidOperationException($"The demo's {name} are not in the program.");
        return JsonSerializer.Deserialize<List<T>>(stream, s_json) ?? [];
    }
}

/// <summary>A policy of the demo.</summary>
internal sealed record DemoPolicy(
    string Id, string Code, string Name, string? ParentId, Severity Severity, string Text, string Guidance = "",
    IReadOnlyList<string>? Actions = null, IReadOnlyList<string>? Reasons = null);

/// <summary>A post of the demo with what came in about it.</summary>
/// <param name="ImageText">What is written in its pictures.</param>
/// <param name="Transcript">What is said in its video.</param>
/// <param name="Translation">Its text in English, as the platform has it.</param>
/// <param name="Decided">The policy that it was found to violate, or <c>allow</c>; null while it waits.</param>
internal sealed record DemoPost(
    string Id, string Author, string Text, string Language, double AgeHours, string? Thread = null,
    IReadOnlyList<string>? Media = null, IReadOnlyList<DemoReport>? Reports = null, IReadOnlyList<DemoReply>? Replies = null,
    string? Decided = null, string? ImageText = null, string? Transcript = null, string? Translation = null, IReadOnlyList<DemoComment>? Comments = null);

/// <summary>A question that the demo's moderator asked about a post that is decided, and what the expert made of it.</summary>
/// <param name="Rationale">What the asker was told.</param>
internal sealed record DemoPrecedent(
    string Post, string Question, string Rationale, string Policy, string Title, string Facts, string Rule, string Reasoning, string Examples, IReadOnlyList<string> Tags);

/// <summary>A comment of the demo's team.</summary>
/// <param name="By">E-mail address of who wrote it.</param>
internal sealed record DemoComment(string By, string Text);

/// <summary>A report of the demo.</summary>
internal sealed record DemoReport(string By, string? Policy = null, string? Reason = null);

/// <summary>An answer to a post of the demo.</summary>
internal sealed record DemoReply(string Author, string Text);

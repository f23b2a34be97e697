using System.Globalization;
using ModerationConsole.Core.Escalations.Precedents;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>The filters of the list as they stand in the address; so a link, a reload and the way back keep them.</summary>
public sealed record PrecedentQuery
{
    /// <summary>Words.</summary>
    public string? Search { get; init; }

    /// <summary>The policy.</summary>
    public string? Policy { get; init; }

    /// <summary>The tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Where they stand; null for all but those that were withdrawn.</summary>
    public PrecedentState? State { get; init; }

    /// <summary>Near to this case; all other filters say nothing then.</summary>
    public long? Like { get; init; }

    /// <summary>After this one.</summary>
    public PrecedentPlace? After { get; init; }

    /// <summary>Whether anything is filtered at all.</summary>
    public bool Any => this with { After = null } != new PrecedentQuery();

    /// <summary>What the core is asked for.</summary>
    public PrecedentFilter Filter => new() { Search = Search, PolicyId = Policy, Tag = Tag, State = State, After = After };

    /// <summary>The address.</summary>
    public string Address
    {
        get
        {
            string[] parts =
            [
                .. new (string Name, string? Value)[]
                {
                    ("q", Search),
                    ("policy", Policy),
                    ("tag", Tag),
                    ("state", State?.ToString()),
                    ("like", Like?.ToString(CultureInfo.InvariantCulture)),
                    ("after", After is null ? null : string.Create(CultureInfo.InvariantCulture, $"{After.State}-{After.Number}")),
                }.Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"),
            ];
            return parts.Length == 0 ? "escalations/precedents" : $"escalations/precedents?{string.Join('&', parts)}";
        }
    }

    /// <summary>Reads it from the parts of an address; what makes no sense is no filter.</summary>
    public static PrecedentQuery Read(string? search, string? policy, string? tag, string? state, long? like, string? after) => new()
    {
        Search = Text(search),
        Policy = Text(policy),
        Tag = Text(tag),
        State = Named(state),
        Like = like,
        After = after?.Split('-') is [var name, var number] && Named(name) is { } where && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long place)
            ? new PrecedentPlace(where, place) : null,
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static PrecedentState? Named(string? name) => Enum.TryParse(name, ignoreCase: true, out PrecedentState state) && Enum.IsDefined(state) ? state : null;
}

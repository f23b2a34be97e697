using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>What a prerendered page says of the components that its circuit is to take over.</summary>
/// <param name="Operations">The request to add them, as the page's script makes it.</param>
/// <param name="State">What the components handed on from their prerendering; empty if nothing.</param>
internal sealed partial record PageMarkers(string Operations, string State)
{
    /// <exception cref="InvalidOperationException">The page has no interactive component.</exception>
    public static PageMarkers Read(string html)
    {
        JsonArray operations = [];
        foreach (Match match in Marker().Matches(html))
        {
            JsonNode marker = JsonNode.Parse(match.Groups[1].Value)!;
            if ((string?)marker["type"] == "server" && marker["descriptor"] is not null)
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker.DeepClone() });
            }
        }

        if (operations.Count == 0)
        {
            throw new InvalidOperationException($"The page has no interactive component: {html[..Math.Min(html.Length, 300)]}");
        }

        Match state = Kept().Match(html);
        return new PageMarkers(new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(JsonSerializerOptions.Default), state.Success ? state.Groups[1].Value : "");
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^>]*?)-->")]
    private static partial Regex Kept();
}

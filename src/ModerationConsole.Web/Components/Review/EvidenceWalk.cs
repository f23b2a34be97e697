using System.Globalization;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A piece of evidence that the keys stop at.</summary>
/// <param name="Id">Id of its element.</param>
/// <param name="Media">Which of the case's media it is, from 0; null for text.</param>
public sealed record EvidenceStop(string Id, int? Media);

/// <summary>The evidence of a case in the order in which it stands on the page.</summary>
public static class EvidenceWalk
{
    /// <summary>Id of the facts beside the texts.</summary>
    public const string Facts = "evidence-facts";

    /// <summary>All stops, first to last.</summary>
    public static IReadOnlyList<EvidenceStop> Of(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return
        [
            .. TextsOf(about.Item, HasSound(about.Media)).Select((_, place) => new EvidenceStop(TextId(place), null)),
            .. FactsOf(about.Item).Count > 0 ? [new EvidenceStop(Facts, null)] : Array.Empty<EvidenceStop>(),
            .. about.Media.Select((_, place) => new EvidenceStop(MediaId(place), place)),
        ];
    }

    /// <summary>The stop that many steps from another; the last at each end. Null where there is no evidence.</summary>
    public static EvidenceStop? Step(IReadOnlyList<EvidenceStop> stops, string? from, int step)
    {
        ArgumentNullException.ThrowIfNull(stops);
        if (stops.Count == 0)
        {
            return null;
        }

        int place = stops.ToList().FindIndex(stop => stop.Id == from);
        // From nowhere the first step is onto the first piece.
        return place < 0 ? stops[0] : stops[Math.Clamp(place + step, 0, stops.Count - 1)];
    }

    /// <summary>What there is to read at length. What is said in a recording comes first where there is one to be heard.</summary>
    public static IReadOnlyList<DeskField> TextsOf(DeskItem item, bool hasSound)
    {
        ArgumentNullException.ThrowIfNull(item);
        return [.. item.Fields.Where(IsText).OrderBy(field => hasSound && field.Role == FieldRole.Transcript ? 0 : 1)];
    }

    /// <summary>What is told in a line each: links, numbers, times.</summary>
    public static IReadOnlyList<DeskField> FactsOf(DeskItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return [.. item.Fields.Where(field => !IsText(field))];
    }

    /// <summary>Whether a recording is among the media: words are heard, not seen.</summary>
    public static bool HasSound(IEnumerable<DeskMedia> media) => media.Any(one => one.Kind == MediaKind.Audio);

    /// <summary>Id of a text's element.</summary>
    public static string TextId(int place) => string.Create(CultureInfo.InvariantCulture, $"evidence-text-{place}");

    /// <summary>Id of a piece of media.</summary>
    public static string MediaId(int place) => string.Create(CultureInfo.InvariantCulture, $"evidence-{place}");

    private static bool IsText(DeskField field) =>
        field.Type == FieldType.String && field.Role is not (FieldRole.Url or FieldRole.IpAddress or FieldRole.Email);
}
